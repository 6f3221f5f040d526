/** The drill of docs/operations.md, command by command as it is written there, on a server that runs until it is stopped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { freePort } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const text = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
const [, section = ''] = text.split('## Restore, and the drill\n');
const [, block = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
const lines = block
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim())
  .filter((line) => line !== '');

const add = (name: string) =>
  cli().sekisho(['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`]);
const has = (name: string) =>
  cli().onGround(async ({ world }) => (await accountByLoginName(world.store, name)) !== undefined);

/** What systemd does: starts it, and asks it to end. */
async function unit() {
  const port = String(await freePort());
  const environment = { SEKISHO__SERVER__ISSUER: `http://localhost:${port}`, SEKISHO__SERVER__LISTEN__PORT: port };
  let running: { readonly stopped: PromiseWithResolvers<void>; readonly ended: Promise<unknown> } | undefined;
  return {
    environment,
    async start() {
      const stopped = Promise.withResolvers<void>();
      const printed = Promise.withResolvers<string>();
      const untilStopped = () => stopped.promise;
      const ended = cli().sekisho(['start'], { environment, untilStopped, onOut: printed.resolve });
      running = { stopped, ended };
      await Promise.race([printed.promise, ended.then(({ err }) => Promise.reject(new Error(err)))]);
    },
    async stop() {
      running?.stopped.resolve();
      await running?.ended;
      running = undefined;
    },
    isReady: async () => (await fetch(`http://localhost:${port}/readyz`)).ok,
  };
}

it('brings the store of the backup back, and the server with it, as the drill is written', async () => {
  expect(lines.filter((line) => line.startsWith('npx sekisho restore')).length).toBeGreaterThan(0);
  await add('a0000001');
  expect((await cli().sekisho(['backup', 'monday.db'])).exitCode).toBe(0);
  await add('a0000002');
  const { start, stop, isReady, environment } = await unit();
  await start();
  try {
    for (const line of lines) {
      if (line === 'systemctl stop sekisho') await stop();
      else if (line === 'systemctl start sekisho') await start();
      else {
        const [npx, program, ...argv] = line.replace(/\/backup\/\S+/, 'monday.db').split(/\s+/);
        expect([npx, program]).toEqual(['npx', 'sekisho']);
        const { exitCode, err } = await cli().sekisho(argv, { environment });
        // What the doctor finds besides is the machine's, not the drill's.
        if (argv[0] !== 'doctor')
          expect({ line, exitCode, err }).toEqual({ line, exitCode: 0, err: expect.any(String) });
        else expect(exitCode).toBeLessThan(2);
      }
    }
    expect(await isReady()).toBe(true);
  } finally {
    await stop();
  }
  expect([await has('a0000001'), await has('a0000002')]).toEqual([true, false]);
});

it('is refused while the server runs', async () => {
  await add('a0000001');
  await cli().sekisho(['backup', 'monday.db']);
  const { start, stop, isReady, environment } = await unit();
  await start();
  try {
    const { exitCode, err } = await cli().sekisho(['restore', 'monday.db', '--force'], { environment });
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('is in use. Stop the server') });
    expect(await isReady()).toBe(true);
  } finally {
    await stop();
  }
});
