import { describe, expect, it } from '@jest/globals';
import { hours } from '../../../src/base/duration.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import { planTemporaryPass, temporaryPassId, temporaryPassOf } from '../../../src/core/credentials/temporary-pass.ts';
import { accounts } from '../../../src/core/people/account.ts';
import type { Situation } from '../../../src/login/facts.ts';
import { heldFactors } from '../../../src/login/held-factors.ts';
import { enrolmentDue } from '../../../src/login/second-factor.ts';
import { standingProgress } from '../../../src/login/standing-progress.ts';
import type { AnswerOrigin, StepResult } from '../../../src/login/step.ts';
import { temporaryPass } from '../../../src/login/steps/temporary-pass.ts';
import { remove } from '../../../src/store/port.ts';
import { sampleConnection, startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleHeld } from '../sample-held.ts';
import { sampleSituation, sampleSubject } from '../sample-situation.ts';

const origin: AnswerOrigin = { actor: { kind: 'person', address: '192.0.2.1' }, address: '192.0.2.1' };
const strict = sampleConnection({ requiredLevel: 'mfa' });
const fresh = freshLogin();

async function givePass(): Promise<string> {
  const { codeDigest, world } = fresh();
  const account = await world.store.get(accounts, 'account-1');
  if (!account) throw new TypeError('there is no account');
  const giving = { account, seenBy: 'Yamada Taro', expiresAt: fresh().clock.now() + hours(24) };
  const { pass, writes } = await planTemporaryPass(world, codeDigest, { kind: 'operator' }, giving);
  await world.store.commit(writes);
  return pass;
}

/** An account without any second factor that was given a pass, at a service that requires one. */
async function stand(): Promise<{ readonly situation: Situation; readonly pass: string }> {
  const account = await fresh().addAccount();
  const pass = await givePass();
  const subject = sampleSubject({ account, held: await heldFactors(fresh().world, account.id) });
  const proven = { accountId: account.id, factors: subject.factors, edition: 'edition-1' };
  return { situation: sampleSituation({ connection: strict, subject, progress: { proven } }), pass };
}
const give = (situation: Situation, code: string): Promise<StepResult> =>
  temporaryPass.take(fresh().means, situation, answerOf({ code }), origin);
const other = (pass: string) => (pass.startsWith('2') ? '3333-3333' : '2222-2222');
const lapsed = { kind: 'problem', problem: { kind: 'lapsed' } };
const wrong = { kind: 'problem', problem: { kind: 'wrong' } };

describe('asking for a temporary pass', () => {
  it('is due for somebody who has it and no factor of their own, where more than a password is required', () => {
    const at = (wishes: Partial<Situation>) => temporaryPass.isDue(sampleSituation({ connection: strict, ...wishes }));
    const pass = sampleHeld('temporary-pass');
    expect(at({ subject: sampleSubject({ held: [pass] }) })).toBe(true);
    expect(at({ subject: sampleSubject({ held: [] }) })).toBe(false);
    expect(at({ subject: sampleSubject({ held: [pass, sampleHeld('totp')] }) })).toBe(false);
    expect(at({ subject: sampleSubject({ held: [pass] }), connection: sampleConnection() })).toBe(false);
  });

  it('says until when it is good, and whose desk gives another', async () => {
    const { situation } = await stand();
    expect(await temporaryPass.show(fresh().means, situation, { locale: 'en', problem: { kind: 'lapsed' } })).toEqual({
      service: expect.objectContaining({ name: 'KULASIS' }),
      because: 'connection',
      goodUntil: 'Sat 11 April 2026, 17:00',
      desk: expect.objectContaining({ name: expect.any(String) }),
      hasOtherWays: false,
      error: 'lapsed',
    });
  });
});

describe('giving a temporary pass', () => {
  it('opens the setting up of a factor in this login', async () => {
    const { situation, pass } = await stand();
    const result = await give(situation, pass.toLowerCase().replace('-', '　'));
    const use = { kind: 'temporary-pass', at: startInstant, credentialId: temporaryPassId('account-1') } as const;
    expect(result).toMatchObject({ kind: 'progress', progress: { proven: { accountId: 'account-1' } } });
    const { subject } = situation;
    if (result.kind !== 'progress' || !subject) throw new TypeError('the pass was right');
    expect(result.progress.proven?.factors).toEqual([...subject.factors, use]);
    const factors = result.progress.proven?.factors ?? [];
    const after = { ...situation, progress: result.progress, subject: { ...subject, factors } };
    expect(enrolmentDue(situation)).toBeUndefined();
    expect(enrolmentDue(after)).toMatchObject({ kind: 'open' });
  });

  it('does so again for somebody who was cut off, until its end', async () => {
    const { situation, pass } = await stand();
    for (let i = 0; i < 2; i += 1) {
      const result = await give(situation, pass);
      await fresh().world.store.commit(result.kind === 'progress' ? result.writes : []);
      expect(result.kind).toBe('progress');
    }
    expect(await temporaryPassOf(fresh().world.store, 'account-1')).toMatchObject({ lastUsedAt: startInstant });
    fresh().clock.advance(hours(24));
    expect(await give(situation, pass)).toEqual(lapsed);
    expect(await give(situation, other(pass))).toEqual(wrong);
  });

  it('says that it was wrong, and tells the audit which factor it was', async () => {
    const { situation, pass } = await stand();
    expect(await give(situation, other(pass))).toEqual(wrong);
    const about = { accountId: 'account-1', connectionId: 'kulasis', factor: 'temporary-pass' };
    expect(await fresh().audited()).toContainEqual({ type: 'login.failed', ...about });
  });

  it.each([
    ['', 'incomplete'],
    ['1234', 'wrong'],
  ] as const)('counts no try for what cannot be a pass: "%s"', async (typed, kind) => {
    const { situation, pass } = await stand();
    for (let i = 0; i < 20; i += 1)
      expect(await give(situation, typed)).toEqual({ kind: 'problem', problem: { kind } });
    expect(await give(situation, pass)).toMatchObject({ kind: 'progress' });
  });

  it('looks at no more than are free', async () => {
    const { situation, pass } = await stand();
    for (let i = 0; i < fresh().config.login.throttle.account.free; i += 1) {
      expect(await give(situation, other(pass))).toEqual(wrong);
    }
    expect(await give(situation, pass)).toMatchObject({ problem: { kind: 'throttled' } });
  });

  it('opens nothing when it is taken back at this moment', async () => {
    const { situation, pass } = await stand();
    const result = await give(situation, pass);
    await fresh().world.store.commit([remove(credentials, temporaryPassId('account-1'))]);
    const writes = result.kind === 'progress' ? result.writes : [];
    await expect(fresh().world.store.commit(writes)).rejects.toMatchObject({ code: 'store.conflict' });
  });

  it.each([
    ['is taken back', () => fresh().world.store.commit([remove(credentials, temporaryPassId('account-1'))])],
    [
      'is replaced',
      async () => {
        fresh().clock.advance(1);
        await givePass();
      },
    ],
  ])('proves nothing any more when the pass %s while the login lies open', async (_, change) => {
    const { situation, pass } = await stand();
    const result = await give(situation, pass);
    if (result.kind !== 'progress') throw new TypeError('the pass was right');
    await fresh().world.store.commit(result.writes);
    const kinds = async () =>
      (await standingProgress(fresh().world, result.progress)).proven?.factors.map(({ kind }) => kind);
    expect(await kinds()).toEqual(['password', 'temporary-pass']);
    await change();
    expect(await kinds()).toEqual(['password']);
  });

  it('lets the person choose another way instead', async () => {
    const { situation } = await stand();
    const result = await temporaryPass.take(fresh().means, situation, answerOf({ choice: 'another' }), origin);
    expect(result).toMatchObject({ kind: 'progress', progress: { way: 'choose' }, writes: [] });
  });
});
