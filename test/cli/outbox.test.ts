import { beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { planNotices } from '../../src/core/notices/plan.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { openGround } from '../../src/ground.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { testConfig } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
let clock: FakeClock;

const sekisho = (...argv: readonly string[]) => cli().sekisho(['outbox', ...argv], { edges: { clock } });
/** `--json` comes before the id, which may begin with a hyphen and then stands after `--`. */
const json = async (verb: string, ...more: readonly string[]) =>
  JSON.parse((await sekisho(verb, '--json', ...more)).out);
/** The record as it is at the time of `clock`. */
async function stored(id: string) {
  const ground = await openGround(testConfig(cli().folder), { clock });
  try {
    return await ground.world.store.get(notices, id);
  } finally {
    await ground.close();
  }
}

beforeEach(async () => {
  clock = new FakeClock();
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--birth-date', '2007-05-01'];
  const argv = ['people', 'add', ...person, '--account', `ecs,${name}`];
  expect((await cli().sekisho(argv, { edges: { clock } })).exitCode).toBe(0);
});

/** A mail that is owed about the account, to an address that no list may show. */
const owe = (more: { readonly lapsesAt?: number } = {}): Promise<string> =>
  cli().onGround(async ({ world: { store, ids }, masterKey }) => {
    const { id: accountId = '' } = (await accountByLoginName(store, name)) ?? {};
    const about = {
      name: { ja: '京都 花子', en: 'Hanako Kyoto' },
      loginName: name,
      accountKind: 'ecs',
      at: clock.now(),
    };
    const mail = { type: 'account_suspended', ...about } as const;
    const content = { to: 'hanako@mail.example', locale: 'ja', mail } as const;
    const writes = await planNotices({ store, ids, clock }, masterKey, [{ kind: 'mail', content, accountId, ...more }]);
    await store.commit(writes);
    return writes.flatMap((write) => (write.kind === 'insert' ? write.record.id : []))[0] ?? '';
  });

/** A turn of the outbox in which no mail is accepted; it is given up after `patience` milliseconds. */
const turn = (patience = days(3)) =>
  cli().onGround(({ world, masterKey }) =>
    deliverDue(
      { masterKey, senders: { mail: async () => ({ kind: 'later', reason: 'smtp 451' }) }, giveUpAfter: patience },
      { world: { ...world, clock }, signal: new AbortController().signal, log: openLog('silent') },
    ),
  );

describe('outbox list', () => {
  it('shows what has not been delivered, about whom, and neither address nor content', async () => {
    const id = await owe();
    const { exitCode, out } = await sekisho('list');
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      new RegExp(`${id} +│ mail account_suspended +│ ${name} +│ Fri 10 April 2026, 17:00 +│ due now +│ 0 `),
    );
    expect(out).toMatch(/\ndue: 1, sending: 0, dead: 0\n$/);
    expect(JSON.stringify(await json('list')) + out).not.toMatch(/hanako|花子|content|recipient/i);
  });

  it('answers programs with times in ISO 8601', async () => {
    const id = await owe();
    expect(await json('list', '--account', name)).toEqual({
      ok: true,
      notices: [
        {
          id,
          kind: 'mail',
          topic: 'account_suspended',
          state: 'due',
          accountId: expect.any(String),
          createdAt: '2026-04-10T08:00:00.000Z',
          dueAt: '2026-04-10T08:00:00.000Z',
          attempts: 0,
        },
      ],
      more: false,
      counts: { due: 1, sending: 0, dead: 0 },
    });
  });

  it('shows the next try and why the last failed', async () => {
    const id = await owe();
    await turn();
    expect((await sekisho('list')).out).toMatch(
      new RegExp(`${id} .*│ due Fri 10 April 2026, 17:0\\d +│ 1: smtp 451 +│`),
    );
  });

  it('shows what was given up, until it is retried', async () => {
    const id = await owe();
    await turn(0);
    expect((await sekisho('list')).out).toMatch(
      new RegExp(`${id} .*│ dead Fri 10 April 2026, 17:00 +│ 1: smtp 451 +│`),
    );
    expect(await sekisho('retry', '--', id)).toMatchObject({ exitCode: 0 });
    expect(await json('list')).toMatchObject({ counts: { due: 1, sending: 0, dead: 0 } });
  });

  it('says so when nothing is owed', async () => {
    expect((await sekisho('list')).out).toBe('There is no such notice.\ndue: 0, sending: 0, dead: 0\n');
  });

  it('puts the newest first over all states, and stops at its limit', async () => {
    const first = await owe();
    clock.advance(minutes(1));
    const second = await owe();
    const idsOf = async (...argv: readonly string[]) =>
      ((await json('list', ...argv)) as { notices: readonly { id: string }[] }).notices.map(({ id }) => id);
    expect(await idsOf()).toEqual([second, first]);
    expect(await idsOf('--limit', '1')).toEqual([second]);
    expect((await sekisho('list', '--limit', '1')).out).toContain('There are more than 1');
    await sekisho('drop', '--reason', 'sent by hand', '--', second);
    expect(await idsOf()).toEqual([first]);
    expect(await idsOf('--state', 'dropped')).toEqual([second]);
    expect(await idsOf('--kind', 'webhook')).toEqual([]);
  });

  it.each([
    ['a state that does not exist', ['--state', 'lost'], 2],
    ['a kind that does not exist', ['--kind', 'pigeon'], 2],
    ['an account that does not exist', ['--account', 'a0999999'], 1],
  ])('refuses %s', async (_, argv, exitCode) => {
    expect(await sekisho('list', ...argv)).toMatchObject({ exitCode, out: '' });
  });
});

const lastEvent = () =>
  cli().onGround(async ({ world }) => {
    const page = await world.store.find(auditEvents, { index: 'byTime', descending: true, limit: 1 });
    return page.records[0];
  });

describe('outbox retry', () => {
  it('makes due what waits, under the name of who asked', async () => {
    const id = await owe();
    await turn();
    clock.advance(1_000);
    expect(await sekisho('retry', '--', id)).toEqual({ exitCode: 0, out: `${id} is due now.\n`, err: '' });
    expect(await stored(id)).toMatchObject({ state: 'due', dueAt: clock.now(), attempts: 0 });
    expect(await lastEvent()).toMatchObject({ type: 'notice.retried', actor: { kind: 'operator', id: 'tester' } });
  });

  it('changes nothing in a dry run', async () => {
    const id = await owe();
    await turn();
    const before = await stored(id);
    expect(await json('retry', '--dry-run', '--', id)).toMatchObject({ ok: true, dryRun: true });
    expect(await stored(id)).toEqual(before);
  });

  it('refuses what was erased with the secret that it carried', async () => {
    const id = await owe({ lapsesAt: clock.now() + minutes(10) });
    await turn(0);
    expect(await json('retry', '--', id)).toEqual({ ok: false, notice: { id }, refused: 'erased' });
  });

  it('refuses what was dropped, and what there is not', async () => {
    const id = await owe();
    await sekisho('drop', '--reason', 'sent by hand', '--', id);
    expect(await sekisho('retry', '--', id)).toEqual({ exitCode: 1, out: '', err: `${id}: it was sent or dropped.\n` });
    expect(await json('retry', 'nothing')).toEqual({ ok: false, notice: { id: 'nothing' }, refused: 'not_found' });
  });
});

describe('outbox drop', () => {
  it('gives a notice up and erases what it says, under the name of who asked', async () => {
    const id = await owe();
    clock.advance(1_000);
    expect(await sekisho('drop', '--reason', 'sent by hand', '--', id)).toEqual({
      exitCode: 0,
      out: `${id} is dropped.\n`,
      err: '',
    });
    const dropped = await stored(id);
    expect(dropped).toMatchObject({ state: 'dropped' });
    expect(dropped).not.toHaveProperty('content');
    expect(await lastEvent()).toMatchObject({
      type: 'notice.dropped',
      actor: { kind: 'operator', id: 'tester' },
      facts: { reason: 'sent by hand' },
    });
    expect((await sekisho('list', '--state', 'dropped')).out).toContain(': sent by hand');
    expect(await json('list', '--state', 'dropped')).toMatchObject({ notices: [{ id, dropReason: 'sent by hand' }] });
  });

  it('wants to know why', async () => {
    expect(await sekisho('drop', '--', await owe())).toMatchObject({ exitCode: 2, out: '' });
  });

  it('changes nothing in a dry run, and refuses there what it would refuse', async () => {
    const id = await owe();
    expect((await sekisho('drop', '--dry-run', '--reason', 'sent by hand', '--', id)).exitCode).toBe(0);
    expect(await stored(id)).toMatchObject({ state: 'due' });
    await sekisho('drop', '--reason', 'sent by hand', '--', id);
    expect(await json('drop', '--dry-run', '--reason', 'sent by hand', '--', id)).toMatchObject({
      ok: false,
      refused: 'settled',
    });
  });
});
