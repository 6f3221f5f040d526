import { describe, expect, it } from '@jest/globals';
import { hours } from '../../../src/base/duration.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import type { Situation } from '../../../src/login/facts.ts';
import { heldFactors } from '../../../src/login/held-factors.ts';
import type { AnswerOrigin, StepResult } from '../../../src/login/step.ts';
import { totp } from '../../../src/login/steps/totp.ts';
import { sampleConnection, startInstant } from '../../core/sample-records.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../../support/authenticator-app.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleHeld } from '../sample-held.ts';
import { sampleSituation, sampleSubject } from '../sample-situation.ts';

const origin: AnswerOrigin = { actor: { kind: 'person', address: '192.0.2.1' }, address: '192.0.2.1' };
const app = authenticatorApp(sampleSecret);
const right = app.codeAt(startInstant);
const wrong = right === '000000' ? '111111' : '000000';
const strict = sampleConnection({ requiredLevel: 'mfa' });
const fresh = freshLogin();

/** An account with an app, at a service that requires more than a password. */
async function stand(): Promise<Situation> {
  const { addAccount, put, masterKey, world } = fresh();
  const account = await addAccount();
  await put(credentials, heldApp(masterKey, account.id));
  const subject = sampleSubject({ account, held: await heldFactors(world, account.id) });
  return sampleSituation({ connection: strict, subject });
}
const give = (situation: Situation, code: string, from = origin): Promise<StepResult> =>
  totp.take(fresh().means, situation, answerOf({ code }), from);

describe('asking for the code of an authenticator app', () => {
  const held = [sampleHeld('totp')];
  it('is due where it is the way, and only there', () => {
    const at = (wishes: Partial<Situation>) => totp.isDue(sampleSituation({ connection: strict, ...wishes }));
    expect(at({ subject: sampleSubject({ held }) })).toBe(true);
    expect(at({ subject: sampleSubject({ held: [] }) })).toBe(false);
    expect(at({ subject: sampleSubject({ held }), progress: { way: 'choose' } })).toBe(false);
    expect(at({ subject: sampleSubject({ held }), connection: sampleConnection() })).toBe(false);
  });

  it('names the service, why, and the apps', () => {
    const both = [sampleHeld('totp', { label: 'My phone' }), sampleHeld('totp', { label: 'Tablet' })];
    const situation = sampleSituation({ connection: strict, subject: sampleSubject({ held: both }) });
    const show = (showing = {}) => totp.show(fresh().means, situation, { locale: 'en', ...showing });
    expect(show()).toEqual({
      service: expect.objectContaining({ name: 'KULASIS' }),
      because: 'connection',
      apps: ['My phone', 'Tablet'],
      hasOtherWays: false,
    });
    expect(show({ problem: { kind: 'used' } })).toMatchObject({ error: 'used' });
    expect(show({ problem: { kind: 'throttled', until: startInstant + 1_001 } })).toMatchObject({
      error: 'throttled',
      retryAfterSeconds: 2,
    });
  });
});

describe('giving the code of an authenticator app', () => {
  it('proves the factor beside the password, and is over with the code', async () => {
    const situation = await stand();
    const proven = { accountId: 'account-1', factors: situation.subject?.factors ?? [], edition: 'edition-1' };
    const result = await give({ ...situation, progress: { proven } }, ` ${right.slice(0, 3)}　${right.slice(3)}`);
    expect(result).toMatchObject({
      kind: 'progress',
      progress: {
        proven: {
          ...proven,
          factors: [...proven.factors, { kind: 'totp', at: startInstant, credentialId: 'totp-1' }],
        },
      },
    });
    if (result.kind !== 'progress') throw new Error('the code was right');
    await fresh().world.store.commit(result.writes);
    expect(await give(situation, right)).toEqual({ kind: 'problem', problem: { kind: 'used' } });
    await expect(fresh().world.store.commit(result.writes)).rejects.toMatchObject({ code: 'store.conflict' });
  });

  it('says that it was wrong, and tells the audit which factor it was', async () => {
    expect(await give(await stand(), wrong)).toEqual({ kind: 'problem', problem: { kind: 'wrong' } });
    const about = { accountId: 'account-1', connectionId: 'kulasis', factor: 'totp' };
    expect(await fresh().audited()).toEqual([{ type: 'login.failed', ...about }]);
  });

  it.each(['', '12345', 'abcdef'])('counts no try for what cannot be a code: "%s"', async (typed) => {
    const situation = await stand();
    for (let i = 0; i < 20; i += 1) {
      expect(await give(situation, typed)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
    }
    expect(await give(situation, right)).toMatchObject({ kind: 'progress' });
    expect(await fresh().audited()).toEqual([]);
  });

  it('lets the person choose another way instead', async () => {
    const situation = await stand();
    const result = await totp.take(fresh().means, situation, answerOf({ choice: 'another' }), origin);
    expect(result).toEqual({ kind: 'progress', progress: { way: 'choose' }, writes: [] });
  });

  it('has looked at no more codes than are free, of twenty at once, and refuses the right one until the wait is over', async () => {
    const situation = await stand();
    const results = await Promise.all(Array.from({ length: 20 }, () => give(situation, wrong)));
    const looked = results.filter((result) => result.kind === 'problem' && result.problem.kind === 'wrong');
    expect(looked).toHaveLength(fresh().config.login.throttle.factor.free);
    expect(await give(situation, right)).toMatchObject({ problem: { kind: 'throttled' } });
    fresh().clock.advance(fresh().config.login.throttle.factor.firstDelay);
    expect(await give(situation, app.codeAt(fresh().clock.now()))).toMatchObject({ kind: 'progress' });
  });

  it('gives a browser with a mark no tries of its own, since a stolen password makes as many marks as it likes', async () => {
    const situation = await stand();
    for (let i = 0; i < 5; i += 1) await give(situation, wrong, { ...origin, knownBrowser: () => `mark ${i}` });
    expect(await give(situation, right, { ...origin, knownBrowser: () => 'another mark' })).toMatchObject({
      problem: { kind: 'throttled' },
    });
  });

  it('keeps the tries of a browser that has given a second factor before apart from those of all others', async () => {
    const situation = await stand();
    const { free } = fresh().config.login.throttle.factor;
    for (let tries = 0; tries < free; tries += 1) await give(situation, wrong);
    expect(await give(situation, right)).toMatchObject({ problem: { kind: 'throttled' } });
    const own = { ...situation, factorBrowser: 'mark' };
    expect(await give(own, right)).toMatchObject({ kind: 'progress' });
    for (let tries = 0; tries < free; tries += 1) await give(own, wrong);
    expect(await give(own, right)).toMatchObject({ problem: { kind: 'throttled' } });
  });

  describe('to somebody who has the password and goes on guessing for a year', () => {
    const year = hours(365 * 24);
    /** How many codes are looked at; `each` is called before every guess. */
    async function guesses(each: (situation: Situation) => Promise<void> = async () => {}): Promise<number> {
      const situation = await stand();
      const { clock } = fresh();
      let count = 0;
      while (clock.now() < startInstant + year) {
        await each(situation);
        const result = await give(situation, wrong);
        if (result.kind !== 'problem') throw new Error('a wrong code was accepted');
        if (result.problem.kind === 'wrong') count += 1;
        else if (result.problem.kind === 'throttled')
          clock.advance(Math.min(result.problem.until - clock.now(), hours(6)));
      }
      return count;
    }

    it('gives as many guesses as core/credentials/totp.ts reckons with', async () => {
      expect(await guesses()).toBe(747);
    });

    it('gives not many more where the owner logs in four times a day, which clears the count', async () => {
      const throttle = fresh().means.factorThrottles.totp;
      const owner = { loginName: 'account-1', address: '192.0.2.77' };
      let last = 0;
      const total = await guesses(async () => {
        if (fresh().clock.now() < last + hours(6)) return;
        last = fresh().clock.now();
        const charge = await throttle.charge(owner);
        if (charge.kind === 'charged') await fresh().world.store.commit(throttle.forgive(owner));
      });
      expect(total).toBeLessThan(1_340);
    });
  });

  it('does not keep the password from being tried', async () => {
    const situation = await stand();
    for (let i = 0; i < 6; i += 1) await give(situation, wrong);
    const attempted = { loginName: 'a0123456', address: '192.0.2.9' };
    expect(await fresh().means.throttle.charge(attempted)).toEqual({ kind: 'charged' });
  });
});
