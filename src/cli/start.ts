/** `start`: the server, until it is asked to end. A new installation prints the link for its first administrator. */
import cluster from 'node:cluster';
import type { Command } from 'commander';
import { openLog } from '../base/log.ts';
import { failureOf } from './failure.ts';
import { type Listening, listeningText } from './listening.ts';
import { localeOf } from './locale.ts';
import { serveNode } from './serve-node.ts';
import { addVerb, type Call, configOf, type Run } from './verb.ts';

const words = {
  usage: 'start',
  summary: 'start Sekisho',
  more: `SIGTERM or SIGINT: /readyz says no, requests are served for server.drain more, then what is in flight is finished,
jobs are handed over and the store is closed. A second one ends it at once.

With server.workers of 2 or more, SIGUSR2 replaces the workers one by one, by such as read the configuration anew; no
request is lost. The signals go to the first process.`,
  json: '{ issuer, listening: { host, port }, workers, setupLink? }, once all workers listen',
};

interface StartOptions {
  readonly config?: string;
  readonly verbose?: boolean;
}

export const addStart = (parent: Command, run: Run): Command =>
  addVerb<StartOptions>(parent, run, words, async (call) => {
    if (cluster.isWorker) await startWorker(call, run);
    else await startServer(call);
    return undefined;
  });

async function startServer(call: Call<StartOptions>): Promise<void> {
  const { terminal, edges, isJson } = call;
  const config = configOf(call);
  const { workers } = config.server;
  const log = openLog(config.log.level);
  // Registered before it listens: a stop that comes early is not lost.
  const ended = terminal.untilStopped();
  const listens = (listening: Listening): void => terminal.out(listeningText(listening, isJson, workers));
  if (workers === 1) {
    await serveNode(config, edges, log, { left: ended.then(() => 'ended'), isFirst: true, listens });
    return;
  }
  const { runCrew } = await import('./workers/crew.ts');
  await runCrew({
    size: workers,
    log: log.child({ pid: process.pid }),
    ended,
    listens,
    onReplaceAsked: (act) => terminal.onReplaceAsked?.(act),
  });
}

async function startWorker(call: Call<StartOptions>, run: Run): Promise<void> {
  const { terminal, edges, options } = call;
  const { work } = await import('./workers/worker.ts');
  const hasServed = await work(
    async (post) => {
      const config = configOf(call);
      await serveNode(config, edges, openLog(config.log.level).child({ pid: process.pid }), post);
    },
    (error) => failureOf(error, localeOf(terminal.environment), options.verbose === true),
  );
  if (!hasServed) run.exitCode = 1;
}
