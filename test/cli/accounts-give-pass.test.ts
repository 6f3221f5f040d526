import { beforeEach, describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { judgeTemporaryPass, readTemporaryPass, temporaryPassOf } from '../../src/core/credentials/temporary-pass.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { insert } from '../../src/store/port.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { goodPassword } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
const clock = new FakeClock();
const printed = /[2-9CDFHJKMNPQRTWXY]{4}-[2-9CDFHJKMNPQRTWXY]{4}/;
const seenBy = ['--seen-by', '山田 太郎'];
const edges = { clock };

beforeEach(async () => {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`];
  expect((await cli().sekisho(['people', 'add', ...person], { edges })).exitCode).toBe(0);
  const set = await cli().sekisho(['accounts', 'set-password', name], { edges, input: goodPassword });
  expect(set.exitCode).toBe(0);
});

const give = (...more: readonly string[]) => cli().sekisho(['accounts', 'give-pass', name, ...more], { edges });
const giveJson = (...more: readonly string[]) => cli().json(['accounts', 'give-pass', name, ...more], { edges });

/** What a login would be told of a pass. */
const judged = (pass: unknown) =>
  cli().onGround(async ({ world, codeDigest }) => {
    const account = await accountByLoginName(world.store, name);
    const known = await temporaryPassOf(world.store, account?.id ?? '');
    return judgeTemporaryPass(codeDigest, known, readTemporaryPass(String(pass)) ?? '', clock.now());
  });

describe('accounts give-pass', () => {
  it('prints the pass once, and until when it is good: for a day unless said', async () => {
    const { exitCode, out, err } = await give(...seenBy);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const pass = printed.exec(out)?.[0];
    expect(out).toContain(`${name}: temporary pass, shown only now: ${pass}\n`);
    expect(out).toContain(`${name}: to be used after the password, before Sat 11 April 2026, 17:00.\n`);
    expect(await judged(pass)).toBe('right');
  });

  it('prints it for programs', async () => {
    const document = await giveJson(...seenBy, '--hours', '2');
    expect(document).toMatchObject({
      ok: true,
      account: { loginName: name, state: 'active' },
      seenBy: '山田 太郎',
      expiresAt: new Date(clock.now() + hours(2)).toISOString(),
      hasReplaced: false,
      opens: true,
      pass: expect.stringMatching(printed),
    });
    expect(await judged(document.pass)).toBe('right');
  });

  it('says that the pass before it is good no more', async () => {
    const first = await giveJson(...seenBy);
    expect((await give(...seenBy)).out).toContain(`${name}: the pass before it is good no more.\n`);
    expect(await judged(first.pass)).toBe('wrong');
  });

  it('says where it opens nothing, because factors are there', async () => {
    await cli().onGround(async ({ world }) => {
      const accountId = (await accountByLoginName(world.store, name))?.id ?? '';
      const app = {
        id: 'totp-1',
        accountId,
        kind: 'totp',
        name: 'My phone',
        addedAt: 0,
        sealedSecret: '',
        lastStep: 0,
      };
      await world.store.commit([insert(credentials, app as never)]);
    });
    expect((await give(...seenBy)).out).toContain(`${name} has second factors, and is not asked for a pass`);
    expect(await giveJson(...seenBy)).toMatchObject({ opens: false });
  });

  it('prints no pass in a dry run, and makes none', async () => {
    expect((await give(...seenBy, '--dry-run')).out).not.toMatch(printed);
    expect(await giveJson(...seenBy, '--dry-run')).not.toHaveProperty('pass');
    expect(await judged('2222-2222')).toBe('wrong');
  });

  it.each([
    ['nobody who has seen the person', []],
    ['an empty name', ['--seen-by', ' ']],
    ['a number for a name', ['--seen-by', '7']],
    ['more than three days', [...seenBy, '--hours', '73']],
    ['no time at all', [...seenBy, '--hours', '0']],
  ])('refuses %s', async (_, more) => {
    expect((await give(...more)).exitCode).toBe(2);
  });

  it('refuses an account that nobody can sign in to', async () => {
    await cli().sekisho(['accounts', 'suspend', name, '--reason', 'x'], { edges });
    const { exitCode, err } = await give(...seenBy);
    expect(exitCode).toBe(1);
    expect(err).toContain('account.state; state: suspended; needed: active');
  });
});

describe('accounts withdraw-pass', () => {
  const withdraw = (...more: readonly string[]) => cli().json(['accounts', 'withdraw-pass', name, ...more], { edges });

  it('takes a pass back, once', async () => {
    const { pass } = await giveJson(...seenBy);
    expect(await withdraw('--dry-run')).toMatchObject({ outcome: 'withdrawn', dryRun: true });
    expect(await judged(pass)).toBe('right');
    expect(await withdraw()).toMatchObject({ outcome: 'withdrawn', account: { loginName: name } });
    expect(await judged(pass)).toBe('wrong');
    expect(await withdraw()).toMatchObject({ outcome: 'unchanged' });
  });
});
