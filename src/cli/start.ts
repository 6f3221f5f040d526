/** `start`: the server, until it is asked to end. A new installation prints the link for its first administrator. */
import type { Command } from 'commander';
import { openLog } from '../base/log.ts';
import { issueSetupLink } from '../core/access/setup-link.ts';
import { loadQuietly } from './load-quietly.ts';
import { addVerb, configOf, type Run } from './verb.ts';

const words = {
  usage: 'start',
  summary: 'start Sekisho',
  more: `SIGTERM or SIGINT: /readyz says no, requests are served for server.drain more, then what is in flight is finished,
jobs are handed over and the store is closed. A second one ends it at once.`,
  json: '{ issuer, listening: { host, port }, setupLink? }, once it listens',
};

export const addStart = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async (call) => {
    const { terminal, edges, isJson } = call;
    const config = configOf(call);
    const { openApp } = await loadQuietly(() => import('../app.ts'));
    const { openGround } = await import('../ground.ts');
    const log = openLog(config.log.level);
    const ground = await openGround(config, edges, log);
    // Registered before it listens: a stop that comes early is not lost.
    const stopped = terminal.untilStopped();
    const app = await openApp(ground, log).catch(async (error: unknown) => {
      await ground.close();
      throw error;
    });
    try {
      const { issuer } = config.server;
      const { address: host, port } = app.address;
      const token = await issueSetupLink(ground.world);
      const setupLink = token === undefined ? undefined : `${issuer}/setup/${token}`;
      const lines = [`${issuer} listens on ${host}, port ${port}.`, ...(setupLink ? setupLines(setupLink) : [])];
      const json = { ok: true, issuer, listening: { host, port }, ...(setupLink ? { setupLink } : {}) };
      terminal.out(isJson ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(''));
      await stopped;
      log.info({ drain: config.server.drain }, 'asked to end');
      await app.drain();
    } finally {
      await app.close();
      log.info('ended');
    }
    return undefined;
  });

const setupLines = (link: string): readonly string[] => [
  'There is no administrator yet. Set the password of the first one here (once, within 30 minutes):',
  `  ${link}`,
];
