import { describe, expect, it } from '@jest/globals';
import { planNewRecoveryCodes, recoveryCodesOf } from '../../../src/core/credentials/recovery-codes.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import type { Situation } from '../../../src/login/facts.ts';
import { heldFactors } from '../../../src/login/held-factors.ts';
import type { AnswerOrigin, StepResult } from '../../../src/login/step.ts';
import { recoveryCode } from '../../../src/login/steps/recovery-code.ts';
import { sampleConnection, startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleHeld } from '../sample-held.ts';
import { sampleSituation, sampleSubject } from '../sample-situation.ts';

const origin: AnswerOrigin = { actor: { kind: 'person', address: '192.0.2.1' }, address: '192.0.2.1' };
const strict = sampleConnection({ requiredLevel: 'mfa' });
const wrong = '2222-2222-2222';
const fresh = freshLogin();

/** An account with ten codes, at a service that requires more than a password. */
async function stand(): Promise<{ readonly situation: Situation; readonly codes: readonly string[] }> {
  const { addAccount, codeDigest, world } = fresh();
  const account = await addAccount();
  const { codes, writes } = await planNewRecoveryCodes(world, codeDigest, origin.actor, account.id);
  await world.store.commit(writes);
  const subject = sampleSubject({ account, held: await heldFactors(world, account.id) });
  return { situation: sampleSituation({ connection: strict, subject }), codes };
}
const give = (situation: Situation, code: string): Promise<StepResult> =>
  recoveryCode.take(fresh().means, situation, answerOf({ code }), origin);

async function commit(result: StepResult): Promise<void> {
  if (result.kind !== 'progress') throw new TypeError('the code was right');
  await fresh().world.store.commit(result.writes);
}
const left = async () => (await recoveryCodesOf(fresh().world.store, 'account-1'))?.codes.length;

describe('asking for a recovery code', () => {
  it('is due where it is the way, and only there', () => {
    const at = (wishes: Partial<Situation>) => recoveryCode.isDue(sampleSituation({ connection: strict, ...wishes }));
    const both = sampleSubject({ held: [sampleHeld('recovery-code'), sampleHeld('totp')] });
    expect(at({ subject: sampleSubject({ held: [sampleHeld('recovery-code')] }) })).toBe(true);
    expect(at({ subject: both })).toBe(false);
    expect(at({ subject: both, progress: { way: 'recovery-code' } })).toBe(true);
    expect(at({ subject: both, progress: { way: 'choose' } })).toBe(false);
    expect(at({ subject: both, progress: { way: 'recovery-code' }, connection: sampleConnection() })).toBe(false);
  });

  it('names the service and why', () => {
    const subject = sampleSubject({ held: [sampleHeld('recovery-code'), sampleHeld('totp')] });
    const situation = sampleSituation({ connection: strict, subject });
    const show = (showing = {}) => recoveryCode.show(fresh().means, situation, { locale: 'en', ...showing });
    expect(show()).toEqual({
      service: expect.objectContaining({ name: 'KULASIS' }),
      because: 'connection',
      hasOtherWays: true,
    });
    expect(show({ problem: { kind: 'wrong' } })).toMatchObject({ error: 'wrong' });
    expect(show({ problem: { kind: 'throttled', until: startInstant + 60_000 } })).toMatchObject({
      retryAfterSeconds: 60,
    });
  });
});

describe('giving a recovery code', () => {
  it('proves it beside the password, and says how many are left', async () => {
    const { situation, codes } = await stand();
    const proven = { accountId: 'account-1', factors: situation.subject?.factors ?? [], edition: 'edition-1' };
    const result = await give(
      { ...situation, progress: { proven } },
      ` ${codes[3]?.toLowerCase().replace('-', 'ー')} `,
    );
    const use = { kind: 'recovery-code', at: startInstant, credentialId: 'account-1:recovery-codes' };
    expect(result).toMatchObject({
      kind: 'progress',
      progress: { recoveryCodesLeft: 9, proven: { ...proven, factors: [...proven.factors, use] } },
    });
    await commit(result);
    expect(await recoveryCodesOf(fresh().world.store, 'account-1')).toMatchObject({ lastUsedAt: startInstant });
  });

  it('takes each code once', async () => {
    const { situation, codes } = await stand();
    await commit(await give(situation, codes[0] ?? ''));
    expect(await give(situation, codes[0] ?? '')).toEqual({ kind: 'problem', problem: { kind: 'wrong' } });
    expect(await give(situation, codes[1] ?? '')).toMatchObject({ progress: { recoveryCodesLeft: 8 } });
  });

  it('lets one through of twenty with the same code at once', async () => {
    const { situation, codes } = await stand();
    const results = await Promise.all(Array.from({ length: 20 }, () => give(situation, codes[0] ?? '')));
    const ends = await Promise.allSettled(results.map(commit));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await left()).toBe(9);
  });

  it('tells its owner by mail', async () => {
    const { situation, codes } = await stand();
    await commit(await give(situation, codes[0] ?? ''));
    const { records } = await fresh().world.store.find(notices, { index: 'byAccount', equals: ['account-1'] });
    expect(records.map(({ topic }) => topic)).toEqual(['recovery_code_used']);
  });

  it('says that it was wrong, and tells the audit which factor it was', async () => {
    const { situation } = await stand();
    expect(await give(situation, wrong)).toEqual({ kind: 'problem', problem: { kind: 'wrong' } });
    const about = { accountId: 'account-1', connectionId: 'kulasis', factor: 'recovery-code' };
    expect(await fresh().audited()).toContainEqual({ type: 'login.failed', ...about });
    expect(await left()).toBe(10);
  });

  it.each([
    ['', 'incomplete'],
    ['12345678', 'wrong'],
    ['OOOO-OOOO-OOOO', 'wrong'],
  ] as const)('counts no try for what cannot be a code: "%s"', async (typed, kind) => {
    const { situation, codes } = await stand();
    for (let i = 0; i < 20; i += 1) {
      expect(await give(situation, typed)).toEqual({ kind: 'problem', problem: { kind } });
    }
    expect(await give(situation, codes[0] ?? '')).toMatchObject({ kind: 'progress' });
  });

  it('has looked at no more codes than are free, and the wait of its owner stays short', async () => {
    const { situation, codes } = await stand();
    const { account } = fresh().config.login.throttle;
    const results = await Promise.all(Array.from({ length: 20 }, () => give(situation, wrong)));
    const looked = results.filter((result) => result.kind === 'problem' && result.problem.kind === 'wrong');
    expect(looked).toHaveLength(account.free);
    expect(await give(situation, codes[0] ?? '')).toMatchObject({ problem: { kind: 'throttled' } });
    for (let i = 0; i < 100; i += 1) {
      fresh().clock.advance(account.longestDelay);
      await give(situation, wrong);
    }
    fresh().clock.advance(account.longestDelay);
    expect(await give(situation, codes[0] ?? '')).toMatchObject({ kind: 'progress' });
  });

  it('lets the person choose another way instead', async () => {
    const { situation } = await stand();
    const result = await recoveryCode.take(fresh().means, situation, answerOf({ choice: 'another' }), origin);
    expect(result).toEqual({ kind: 'progress', progress: { way: 'choose' }, writes: [] });
  });
});
