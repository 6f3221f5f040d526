/** What the tests of `store copy` have in common: somebody in the store, many events, and a copy that is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { auditEvents, auditWrite } from '../../src/core/audit/event.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { type Ground, openGround } from '../../src/ground.ts';
import { testConfig } from '../support/sekisho.ts';
import type { CommandLine } from './command-line.ts';

export const on = (url: string) => ({ environment: { SEKISHO__STORE__URL: url } });

export const urlIn = ({ folder }: CommandLine, name: string): string => `sqlite:${join(folder, name)}`;

/** Opens the store at `url` with the keys of this installation. */
export async function groundAt<T>(
  { folder }: CommandLine,
  url: string,
  look: (ground: Ground) => Promise<T>,
): Promise<T> {
  const ground = await openGround(testConfig(folder, { SEKISHO__STORE__URL: url }));
  try {
    return await look(ground);
  } finally {
    await ground.close();
  }
}

export const addPerson = (cli: CommandLine, name: string) =>
  cli.sekisho(['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`]);

export const hasAccount = async ({ world }: Ground, name: string): Promise<boolean> =>
  (await accountByLoginName(world.store, name)) !== undefined;

export const manyEvents = (cli: CommandLine, count: number): Promise<void> =>
  cli.onGround(async ({ world }) => {
    const event = () => auditWrite(world, { kind: 'system' }, { type: 'setup.link_issued' });
    await world.store.commit(Array.from({ length: count }, event));
  });

export const eventsOf = async ({ world }: Ground, type: string) =>
  (await world.store.find(auditEvents, { index: 'byType', equals: [type] })).records;

/** A copy that is killed, with SIGKILL, when it has read so many records. */
export async function killCopy(from: string, to: string, records: number): Promise<void> {
  const argv = [join(import.meta.dirname, 'copy-process.ts'), from, to, String(records)];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') throw new Error('the copy had ended before it was killed');
}
