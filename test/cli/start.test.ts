import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { roleGrants } from '../../src/core/access/role-grant.ts';
import { insert } from '../../src/store/port.ts';
import { freePort } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();

/** Starts, visits while it runs, and asks it to end. */
async function whileRunning(visit: (printed: Record<string, string>) => Promise<void>): Promise<number> {
  const port = String(await freePort());
  const environment = { SEKISHO__SERVER__ISSUER: `http://localhost:${port}`, SEKISHO__SERVER__LISTEN__PORT: port };
  const stopped = Promise.withResolvers<void>();
  const printed = Promise.withResolvers<string>();
  const running = cli().sekisho(['start', '--json'], {
    environment,
    untilStopped: () => stopped.promise,
    onOut: printed.resolve,
  });
  const first = await Promise.race([printed.promise, running.then(({ err }) => Promise.reject(new Error(err)))]);
  try {
    await visit(JSON.parse(first));
  } finally {
    stopped.resolve();
  }
  return (await running).exitCode;
}

describe('start', () => {
  it('listens, gives a new installation its one-time link, and ends when asked', async () => {
    const exitCode = await whileRunning(async ({ issuer, setupLink = '' }) => {
      expect(setupLink).toMatch(new RegExp(`^${issuer}/setup/[\\w-]{43}$`));
      expect((await fetch(`${issuer}/livez`)).status).toBe(200);
      expect((await fetch(setupLink)).status).toBe(200);
    });
    expect(exitCode).toBe(0);
  });

  it('gives no link where there is an administrator', async () => {
    await cli().onGround(({ world }) =>
      world.store.commit([
        insert(roleGrants, { id: 'a:administrator', accountId: 'a', role: 'administrator', grantedAt: 0 }),
      ]),
    );
    await whileRunning(async (printed) => expect(printed).not.toHaveProperty('setupLink'));
  });

  it('refuses a store that another version has open, and says what to do', async () => {
    await cli().onGround(async () => {});
    const other = new DatabaseSync(join(cli().folder, 'sekisho.db'));
    other.exec("PRAGMA user_version = 1; UPDATE collection SET name = name WHERE name = 'people'");
    const { exitCode, out, err } = await cli().sekisho(['start']);
    other.close();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('The store is in use by another version of Sekisho (store.in_use');
    expect(err).toContain('End every server and command of the other version');
  }, 30_000);

  it('refuses a port that is taken, in a sentence', async () => {
    await whileRunning(async ({ issuer = '' }) => {
      const { port } = new URL(issuer);
      const environment = { SEKISHO__SERVER__ISSUER: issuer, SEKISHO__SERVER__LISTEN__PORT: port };
      const { exitCode, err } = await cli().sekisho(['start'], { environment });
      expect(exitCode).toBe(1);
      expect(err).toContain('Another program listens at this address already (server.address_taken');
      expect(err).not.toMatch(/\n {4}at /);
    });
  });
});
