import { describe, expect, it } from '@jest/globals';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { Situation } from '../../src/login/facts.ts';
import { planFinish } from '../../src/login/finish.ts';
import type { Decision } from '../../src/login/next-step.ts';
import { type DenialReason, denialReasons } from '../../src/login/outcome.ts';
import { requirementsOf } from '../../src/login/requirement.ts';
import { passwordUse, sampleSession, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { freshLogin } from './fresh-login.ts';
import { sampleRequest, sampleSituation, sampleSubject, strangerSituation } from './sample-situation.ts';

const actor = { kind: 'person', address: '192.0.2.1' } as const;
const device = { userAgent: 'Firefox', address: '192.0.2.1' };
const proven = sampleSubject({ isProvenHere: true });

describe('planFinish', () => {
  const fresh = freshLogin();
  async function finish(decision: Exclude<Decision, { kind: 'step' }>, situation: Situation) {
    const { means, world } = fresh();
    const planned = await planFinish(means, decision, situation, { actor, device });
    await world.store.commit(planned.writes);
    return planned;
  }
  const granted = (situation: Situation) => finish({ kind: 'granted' }, situation);
  const denied = (reason: DenialReason, situation: Situation) => finish({ kind: 'denied', reason }, situation);

  it('starts a session for who has proven who they are', async () => {
    const { world, audited } = fresh();
    const { outcome, sessionToken = '' } = await granted(strangerSituation({ subject: proven }));
    const session = await sessionByToken(world, sessionToken);
    expect(session).toMatchObject({ accountId: 'account-1', factors: proven.factors, device });
    expect(outcome).toEqual({
      kind: 'granted',
      accountId: 'account-1',
      sessionId: session?.id,
      factors: proven.factors,
    });
    expect(await audited()).toEqual([
      {
        type: 'login.granted',
        accountId: 'account-1',
        connectionId: 'kulasis',
        factors: ['password'],
        levels: ['password', 'sfa'],
      },
    ]);
  });

  it('writes no session and no cookie where the session answered', async () => {
    const { outcome, sessionToken, writes } = await granted(sampleSituation());
    expect(outcome).toMatchObject({ kind: 'granted', accountId: 'account-1', sessionId: 'session-1' });
    expect(sessionToken).toBeUndefined();
    expect(writes).toHaveLength(1);
  });

  it.each([
    ['an app', useOf('totp')],
    ['a passkey that has not checked its owner', passkeyUse(startInstant, { userVerified: false })],
    ['a temporary pass', useOf('temporary-pass')],
  ])('begins no session by %s alone, whatever was decided', async (_what, use) => {
    const alone = strangerSituation({ subject: sampleSubject({ isProvenHere: true, factors: [use] }) });
    await expect(granted(alone)).rejects.toThrow('granted to nobody');
    await denied('not_for_you', alone);
    expect(await fresh().world.store.count(sessions, { index: 'byAccount' })).toBe(0);
  });

  it('begins one by a passkey that has checked its owner', async () => {
    const alone = strangerSituation({ subject: sampleSubject({ isProvenHere: true, factors: [passkeyUse()] }) });
    expect(await granted(alone)).toMatchObject({ sessionToken: expect.any(String) });
    expect(await fresh().audited()).toMatchObject([
      { factors: ['passkey'], levels: ['sfa', 'mfa', 'phishing-resistant'] },
    ]);
  });

  it('adds the factor that was missing to the session, and keeps the password of before', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession({ factors: [passwordUse(startInstant - 60_000)] }));
    const factors = [...session.factors, useOf('totp')];
    await granted(sampleSituation({ session, subject: sampleSubject({ isProvenHere: true, factors }) }));
    expect(await world.store.get(sessions, session.id)).toMatchObject({ factors });
  });

  it('raises the session of the same account under a new token', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession());
    const { outcome, sessionToken = '' } = await granted(sampleSituation({ session, subject: proven }));
    expect(outcome).toMatchObject({ sessionId: session.id });
    expect(await sessionByToken(world, sessionToken)).toMatchObject({ id: session.id });
    expect((await world.store.get(sessions, session.id))?.tokenDigest).not.toBe(session.tokenDigest);
  });

  it('ends the session of another account and starts one', async () => {
    const { world, put, audited } = fresh();
    const session = await put(sessions, sampleSession({ accountId: 'account-2' }));
    const { outcome, sessionToken = '' } = await granted(sampleSituation({ session, subject: proven }));
    expect(await world.store.get(sessions, session.id)).toBeUndefined();
    expect(await sessionByToken(world, sessionToken)).toMatchObject({ accountId: 'account-1' });
    expect(outcome).not.toMatchObject({ sessionId: session.id });
    expect(await audited()).toContainEqual({ type: 'session.ended', accountId: 'account-2', cause: 'other_account' });
  });

  const keeping: readonly DenialReason[] = [
    'not_for_you',
    'level_unreachable',
    'enrolment_closed',
    'release_denied',
    'other_account',
  ];
  it.each(denialReasons)(
    'refuses for %s, and keeps who is signed in only where the refusal is about the service',
    async (reason) => {
      const { world, audited } = fresh();
      const { outcome, sessionToken } = await denied(reason, strangerSituation({ subject: proven }));
      expect(outcome).toEqual({ kind: 'denied', reason, accountId: 'account-1' });
      expect(sessionToken !== undefined).toBe(keeping.includes(reason));
      expect(await world.store.count(sessions, { index: 'byAccount' })).toBe(keeping.includes(reason) ? 1 : 0);
      expect(await audited()).toEqual([
        { type: 'login.denied', reason, accountId: 'account-1', connectionId: 'kulasis' },
      ]);
    },
  );

  const clause = { rule: { name: 'outside', when: {}, level: 'mfa' }, reason: 'outside' } as const;

  it('names the rules of the policy that held, met or waived', async () => {
    await granted(sampleSituation({ policy: [clause] }));
    expect((await fresh().audited())[0]).toMatchObject({ type: 'login.granted', rules: ['outside'] });
    await granted(sampleSituation());
    expect((await fresh().audited()).filter((facts) => 'rules' in facts)).toHaveLength(1);
  });

  it.each<[DenialReason, boolean]>([
    ['enrolment_closed', true],
    ['level_unreachable', true],
    ['not_for_you', false],
  ])('refused for %s, names the rules that were not met: %s', async (reason, isNamed) => {
    const requirements = requirementsOf({ request: sampleRequest(), policy: [clause] });
    await denied(reason, sampleSituation({ policy: [clause], requirements }));
    const [event] = await fresh().audited();
    expect(event && 'rules' in event ? event.rules : undefined).toEqual(isNamed ? ['outside'] : undefined);
  });

  it('leaves a session as it is when a service is refused to it', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession());
    const { sessionToken } = await denied('not_for_you', sampleSituation({ session }));
    expect(sessionToken).toBeUndefined();
    expect(await world.store.get(sessions, session.id)).toEqual(session);
  });

  it('names nobody in a refusal before anybody was known', async () => {
    const { outcome } = await denied('cancelled', strangerSituation());
    expect(outcome).toEqual({ kind: 'denied', reason: 'cancelled' });
  });

  it('names no service where the portal itself was asked for', async () => {
    const { connection: _connection, ...portal } = sampleSituation();
    await granted(portal);
    expect((await fresh().audited())[0]).not.toHaveProperty('connectionId');
  });

  it('grants nothing to nobody', async () => {
    await expect(granted(strangerSituation())).rejects.toThrow('granted to nobody');
  });

  it('is refused where the session changed meanwhile', async () => {
    const { put } = fresh();
    const session = await put(sessions, sampleSession());
    const stale = { ...session, version: session.version + 1 };
    const finished = granted(sampleSituation({ session: stale, subject: proven }));
    await expect(finished).rejects.toMatchObject({ code: 'store.conflict' });
  });
});
