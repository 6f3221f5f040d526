import { describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { passwordOf } from '../../src/core/credentials/credential.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const fill = ['demo-data', '--accounts', '1100', '--connections', '30'];

describe('demo-data', () => {
  it('fills an empty store with people who can log in with the password that it prints', async () => {
    const told = (await cli().json(fill)) as { password: string; examples: readonly string[] };
    expect(told).toMatchObject({ ok: true, accounts: 1100, connections: 30, seed: 'sekisho' });
    await cli().onGround(async ({ world, hasher }) => {
      const { store } = world;
      expect(await store.count(accounts, { index: 'byLoginName' })).toBe(1100);
      expect(await store.count(connections, { index: 'byState', equals: ['active'] })).toBe(30);
      const account = await accountByLoginName(store, told.examples[3] ?? '');
      expect(account?.state).toBe('active');
      expect(await store.get(people, account?.personId ?? '')).toBeDefined();
      const credential = await passwordOf(store, account?.id ?? '');
      expect(await hasher.matches(credential?.hash, told.password)).toBe(true);
    });
  });

  it('says in the audit trail how many came with each commit', async () => {
    await cli().sekisho(fill);
    const { records } = await cli().onGround(({ world }) =>
      world.store.find(auditEvents, { index: 'byType', equals: ['demo.entered'] }),
    );
    const counts = records.map(({ facts }) => (facts.type === 'demo.entered' ? [facts.what, facts.count] : []));
    expect(counts.sort()).toEqual([
      ['accounts', 100],
      ['accounts', 500],
      ['accounts', 500],
      ['connections', 30],
    ]);
  });

  it('refuses a store that holds somebody, and adds nobody', async () => {
    await cli().sekisho(fill);
    const before = await cli().events();
    expect(await cli().json(fill)).toMatchObject({ ok: false, refused: [{ reason: 'not_empty' }] });
    expect(await cli().events()).toBe(before);
  });

  it('fills the store that --store names, and leaves the configured one alone', async () => {
    const other = `sqlite:${cli().folder}/other.db`;
    expect((await cli().sekisho([...fill, '--store', other])).exitCode).toBe(0);
    expect(await cli().events()).toBe(0);
    expect(await cli().json([...fill, '--store', other])).toMatchObject({ refused: [{ reason: 'not_empty' }] });
  });

  it('refuses in production, before it opens anything', async () => {
    const environment = {
      SEKISHO__MODE: 'production',
      SEKISHO__SERVER__ISSUER: 'https://sso.example.ac.jp',
      SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '19456',
      SEKISHO__PASSWORD__ARGON2__ITERATIONS: '2',
    };
    expect(await cli().json(fill, { environment })).toMatchObject({ ok: false, refused: [{ reason: 'production' }] });
  });

  it('refuses a university whose login names it cannot make', async () => {
    const environment = { SEKISHO__ACCOUNTS__KINDS__ECS__LOGINNAME__PATTERN: 'a0123456|x[0-9]{4}' };
    expect(await cli().json(fill, { environment })).toMatchObject({ refused: [{ reason: 'login_names' }] });
  });

  it('writes nothing in a rehearsal', async () => {
    expect(await cli().json([...fill, '--dry-run'])).toMatchObject({ ok: true, dryRun: true, accounts: 1100 });
    expect(await cli().events()).toBe(0);
  });

  it.each(['0', '-1', 'many', '10000000'])('takes no %j accounts', async (count) => {
    expect((await cli().sekisho(['demo-data', '--accounts', count])).exitCode).toBe(2);
  });
});
