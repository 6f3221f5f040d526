import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { credentials, passwordOf } from '../../../src/core/credentials/credential.ts';
import { passwordHasher } from '../../../src/core/credentials/password-hash.ts';
import type { AnswerOrigin, StepMeans } from '../../../src/login/step.ts';
import { password } from '../../../src/login/steps/password.ts';
import { replace } from '../../../src/store/port.ts';
import { passwordUse, startInstant } from '../../core/sample-records.ts';
import { goodPassword } from '../../support/sekisho.ts';
import { type AccountWishes, answerOf, freshLogin } from '../fresh-login.ts';
import { sampleRequest, sampleSituation, sampleSubject, strangerSituation } from '../sample-situation.ts';

const origin: AnswerOrigin = { actor: { kind: 'person', address: '192.0.2.1' }, address: '192.0.2.1' };
const wrong = { kind: 'problem', problem: { kind: 'wrong' } };

describe('taking a password', () => {
  const fresh = freshLogin();
  const take = (typed: Record<string, string> = {}, from = origin, means: StepMeans = fresh().means) =>
    password.take(
      means,
      strangerSituation(),
      answerOf({ username: 'a0123456', password: goodPassword, ...typed }),
      from,
    );

  it('proves who it is, when, and under which rule', async () => {
    await fresh().addAccount({ credential: { preset: 'kyoto-2017' } });
    expect(await take()).toMatchObject({
      kind: 'progress',
      progress: { proven: { accountId: 'account-1', factors: [passwordUse(startInstant, 'kyoto-2017')] } },
    });
  });

  it.each([
    ['in capitals', { username: 'A0123456' }],
    ['in full-width letters', { username: 'ａ０１２３４５６', password: 'Ｋａｍｏ７ｇａｗａＴｏｂｉ' }],
    ['with spaces around the name', { username: ' a0123456 ' }],
  ])('takes what was typed %s', async (_how, typed) => {
    await fresh().addAccount();
    expect(await take(typed)).toMatchObject({ kind: 'progress' });
  });

  // 128 characters, each of which a computer stores in two units.
  const longest = '𠮷𩸽𠀋𡈽'.repeat(32);
  it('takes the longest password that can be set', async () => {
    await fresh().addAccount({ password: longest });
    expect(await take({ password: longest })).toMatchObject({ kind: 'progress' });
  });

  it.each<[string, AccountWishes, Record<string, string>]>([
    ['the longest password with more behind it', { password: longest }, { password: `${longest}x` }],
    ['a wrong password', {}, { password: 'Kamo7gawaTobj' }],
    ['a right password with more behind it', {}, { password: goodPassword.padEnd(2_000, 'x') }],
    ['a password with a space behind it', {}, { password: `${goodPassword} ` }],
    ['a login name that nobody has', {}, { username: 'a0999999' }],
    ['a login name longer than any', {}, { username: 'a0123456'.repeat(200) }],
    ['an issued account without a password', { account: { state: 'issued' }, password: null }, {}],
    ['an issued account, even with a password', { account: { state: 'issued' } }, {}],
    ['a closed account with its old password', { account: { state: 'closed' } }, {}],
    ['a suspended account with a wrong password', { account: { state: 'suspended' } }, { password: 'Kamo7gawaTobj' }],
    ['an active account whose password is gone', { password: null }, {}],
  ])('says the same of %s', async (_what, account, typed) => {
    await fresh().addAccount(account);
    expect(await take(typed)).toEqual(wrong);
    expect(await fresh().audited()).toEqual([
      expect.objectContaining({ type: 'login.failed', connectionId: 'kulasis' }),
    ]);
  });

  it.each<[string, AccountWishes]>([
    ['a suspended account', { account: { state: 'suspended' } }],
    ['an account that has ended', { account: { expiresAt: startInstant } }],
  ])('lets %s know how it stands after the right password only', async (_what, account) => {
    await fresh().addAccount(account);
    expect(await take({ password: 'Kamo7gawaTobj' })).toEqual(wrong);
    expect(await take()).toMatchObject({ kind: 'progress' });
  });

  it.each([{ username: '' }, { username: ' 　' }, { password: '' }])(
    'asks for both, and counts nothing: %j',
    async (typed) => {
      await fresh().addAccount();
      for (let i = 0; i < 20; i += 1) {
        expect(await take(typed)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
      }
      expect(await take()).toMatchObject({ kind: 'progress' });
      expect(await fresh().audited()).toEqual([]);
    },
  );

  it('never writes down what was typed', async () => {
    await fresh().addAccount();
    await take({ username: 'my-secret-password', password: 'Kamo7gawaTobj' });
    expect(JSON.stringify(await fresh().audited())).not.toMatch(/my-secret|Kamo7gawa/);
  });

  describe('once too many were wrong', () => {
    // The default of the configuration, which the worked example keeps.
    const free = 5;
    const guess = async (times = free, typed: Record<string, string> = {}, from = origin) => {
      for (let i = 0; i < times; i += 1) expect(await take({ password: `guess ${i}`, ...typed }, from)).toEqual(wrong);
    };

    it('refuses even the right password, until the wait is over', async () => {
      await fresh().addAccount();
      await guess();
      const until = startInstant + fresh().config.login.throttle.account.firstDelay;
      expect(await take()).toEqual({ kind: 'problem', problem: { kind: 'throttled', until } });
      fresh().clock.advance(until - startInstant);
      expect(await take()).toMatchObject({ kind: 'progress' });
    });

    it('refuses an unknown login name just so', async () => {
      await guess(free, { username: 'a0999999' });
      expect(await take({ username: 'a0999999' })).toMatchObject({ problem: { kind: 'throttled' } });
    });

    it('still lets the owner in from a browser that is known', async () => {
      await fresh().addAccount();
      await guess();
      const known = { ...origin, knownBrowser: (id: string) => (id === 'account-1' ? 'mark' : undefined) };
      expect(await take({}, known)).toMatchObject({ kind: 'progress' });
    });

    it('starts anew after a right password', async () => {
      await fresh().addAccount();
      await guess(free - 1);
      const result = await take();
      if (result.kind !== 'progress') throw new TypeError('the password was right');
      await fresh().world.store.commit(result.writes);
      await guess();
    });

    it('has checked no more passwords than are free, of twenty at once', async () => {
      await fresh().addAccount();
      const results = await Promise.all(Array.from({ length: 20 }, (_, i) => take({ password: `guess ${i}` })));
      expect(results.filter((result) => JSON.stringify(result) === JSON.stringify(wrong))).toHaveLength(free);
    });
  });

  it('hashes the password anew where the cost has risen, under the rule it was set under', async () => {
    const { means, world, addAccount } = fresh();
    await addAccount({ credential: { preset: 'kyoto-2017', setAt: 7 } });
    const hasher = passwordHasher({ memoryKiB: 128, iterations: 1, parallelism: 1 });
    const result = await take({}, origin, { ...means, hasher });
    if (result.kind !== 'progress') throw new TypeError('the password was right');
    await world.store.commit(result.writes);
    const credential = await passwordOf(world.store, 'account-1');
    expect(credential).toMatchObject({ preset: 'kyoto-2017', setAt: 7, hash: expect.stringContaining('m=128,') });
    expect(await hasher.matches(credential?.hash, goodPassword)).toBe(true);
  });

  it('leaves a hash of the configured cost as it is', async () => {
    const { world, addAccount } = fresh();
    await addAccount();
    const before = await passwordOf(world.store, 'account-1');
    const result = await take();
    if (result.kind === 'progress') await world.store.commit(result.writes);
    expect((await passwordOf(world.store, 'account-1'))?.hash).toBe(before?.hash);
  });

  it('notes when the password was used, and loses to a password that is changed meanwhile', async () => {
    const { world, addAccount, clock } = fresh();
    await addAccount();
    const result = await take();
    const before = await passwordOf(world.store, 'account-1');
    if (result.kind !== 'progress' || !before) throw new Error('the password was right');
    await world.store.commit([replace(credentials, { ...before, edition: 'edition-2' })]);
    await expect(world.store.commit(result.writes)).rejects.toMatchObject({ code: 'store.conflict' });

    const again = await take();
    if (again.kind === 'progress') await world.store.commit(again.writes);
    expect(await passwordOf(world.store, 'account-1')).toMatchObject({ lastUsedAt: clock.now() });
  });
});

describe('showing the password step', () => {
  const fresh = freshLogin();
  const show = (situation = strangerSituation(), showing: Partial<Parameters<typeof password.show>[2]> = {}) =>
    password.show(fresh().means, situation, { locale: 'ja', ...showing });

  it('names the service in the language of the person', async () => {
    expect(await show()).toMatchObject({
      service: { name: '教務情報システム', domain: 'kulasis.example' },
      username: '',
    });
    expect(await show(strangerSituation(), { locale: 'en' })).toMatchObject({ service: { name: 'KULASIS' } });
  });

  it('fills in the hint of the service, unless something else was typed', async () => {
    const situation = strangerSituation({ request: sampleRequest({ loginHint: 'a0777777' }) });
    expect(await show(situation)).toMatchObject({ username: 'a0777777' });
    expect(await show(situation, { typed: answerOf({ username: 'a0888888' }) })).toMatchObject({
      username: 'a0888888',
    });
  });

  it('never shows a password again', async () => {
    const shown = await show(strangerSituation(), {
      typed: answerOf({ username: 'a0123456', password: goodPassword }),
    });
    expect(JSON.stringify(shown)).not.toContain(goodPassword);
  });

  it('says to whom it speaks where the same person is asked again', async () => {
    const situation = sampleSituation({ request: sampleRequest({ force: true }), subject: sampleSubject() });
    expect(await show(situation)).toMatchObject({ username: 'a0123456', reauthentication: { loginName: 'a0123456' } });
  });

  it('says how long to wait, in whole seconds and never none', async () => {
    const waiting = (until: number) => show(strangerSituation(), { problem: { kind: 'throttled', until } });
    expect(await waiting(startInstant + minutes(1))).toMatchObject({ error: 'throttled', retryAfterSeconds: 60 });
    expect(await waiting(startInstant + 1_001)).toMatchObject({ retryAfterSeconds: 2 });
    expect(await waiting(startInstant)).toMatchObject({ retryAfterSeconds: 1 });
  });
});
