/** `start`: the server, until it is asked to end. A new installation prints the link for its first administrator. */
import type { Command } from 'commander';
import { openLog } from '../base/log.ts';
import { issueSetupLink } from '../core/access/setup-link.ts';
import { addVerb, configOf, type Run } from './verb.ts';

const words = {
  usage: 'start',
  summary: 'start Sekisho',
  more: 'SIGTERM and SIGINT let requests in flight end, then close the store.',
  json: '{ issuer, listening: { host, port }, setupLink? }, once it listens',
};

export const addStart = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async (call) => {
    const { terminal, edges, isJson } = call;
    const config = configOf(call);
    const [{ openApp }, { openGround }] = await Promise.all([import('../app.ts'), import('../ground.ts')]);
    const ground = await openGround(config, edges);
    // Registered before it listens: a stop that comes early is not lost.
    const stopped = terminal.untilStopped();
    const app = await openApp(ground, openLog(config.log.level)).catch(async (error: unknown) => {
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
    } finally {
      await app.close();
    }
    return undefined;
  });

const setupLines = (link: string): readonly string[] => [
  'There is no administrator yet. Set the password of the first one here (once, within 30 minutes):',
  `  ${link}`,
];
