import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { planRefuse } from '../../../src/core/credentials/certificates/refused-certificate.ts';
import { type CertificateCredential, credentialsOf } from '../../../src/core/credentials/credential.ts';
import type { Situation } from '../../../src/login/facts.ts';
import type { AnswerOrigin, StepResult } from '../../../src/login/step.ts';
import { certificate } from '../../../src/login/steps/certificate.ts';
import { sampleConnection, startInstant } from '../../core/sample-records.ts';
import { certifiedConfig, good, ownCertificate, reportFor } from '../certified.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleHeld } from '../sample-held.ts';
import { sampleSituation, sampleSubject } from '../sample-situation.ts';

const origin: AnswerOrigin = { actor: { kind: 'person', address: '192.0.2.1' }, address: '192.0.2.1' };
const strict = sampleConnection({ requiredLevel: 'mfa' });
const turn = { attemptId: 'attempt-1', number: 3 };
const credentialId = 'account-1:certificate:digest-1';
const fresh = freshLogin();
const means = () => ({ ...fresh().means, config: certifiedConfig });

/** Somebody with an app, who wishes to use a certificate instead. */
async function stand(wishes: Partial<Situation> = {}): Promise<Situation> {
  const account = await fresh().addAccount();
  const subject = sampleSubject({ account, held: [sampleHeld('totp')] });
  const rest = { connection: strict, certifiedKinds: ['ecs'], turn, progress: { way: 'certificate' } as const };
  return sampleSituation({ ...rest, subject, ...wishes });
}

const give = (situation: Situation, report = reportFor(fresh(), situation)): Promise<StepResult> =>
  certificate.take(means(), situation, answerOf({ report }), origin);

async function commit(result: StepResult): Promise<void> {
  if (result.kind !== 'progress') throw new TypeError(`refused: ${result.problem.kind}`);
  await fresh().world.store.commit(result.writes);
}

const kept = async () => {
  const held = await credentialsOf(fresh().world.store, 'account-1');
  return held.find((one): one is CertificateCredential & { version: number } => one.kind === 'certificate');
};

const problem = (kind: string) => ({ kind: 'problem', problem: { kind } });

describe('asking for a certificate', () => {
  it('is due where somebody wishes it, of a kind that a rule leads to', async () => {
    expect(certificate.isDue(await stand())).toBe(true);
  });

  it.each<[string, Partial<Situation>]>([
    ['it was not wished for', { progress: {} }],
    ['no rule leads to the kind', { certifiedKinds: ['sps'] }],
    ['nothing is missing', { connection: sampleConnection() }],
  ])('is not due where %s', async (_, wishes) => {
    expect(certificate.isDue(await stand(wishes))).toBe(false);
  });

  it('leads to the origin that asks', async () => {
    const situation = await stand();
    expect(certificate.show(means(), situation, { locale: 'en' })).toEqual({
      service: expect.objectContaining({ name: 'KULASIS' }),
      because: 'connection',
      origin: 'https://cert.auth.example',
      turn: 3,
      desk: expect.objectContaining({ name: expect.any(String) }),
      hasOtherWays: true,
    });
  });

  it('shows whose certificate was found, and hands its report on', async () => {
    const situation = await stand();
    const brought = reportFor(fresh(), situation);
    const found = { name: 'a0123456', report: brought };
    expect(certificate.show(means(), situation, { locale: 'en', brought })).toMatchObject({ found });
  });

  it('says why one was refused', async () => {
    const situation = await stand();
    const brought = reportFor(fresh(), situation, { kind: 'refused', reason: 'expired' });
    const shown = certificate.show(means(), situation, { locale: 'en', brought });
    expect(shown).toMatchObject({ refusal: 'expired' });
    expect(shown).not.toHaveProperty('found');
  });

  it('asks again where what was brought is of another page, too old or made up', async () => {
    const situation = await stand();
    const elsewhere = reportFor(fresh(), { turn: { ...turn, number: 2 } });
    for (const brought of [elsewhere, 'made up', '']) {
      const shown = certificate.show(means(), situation, { locale: 'en', brought });
      expect(shown).toMatchObject({ error: 'lapsed' });
      expect(shown).not.toHaveProperty('found');
    }
  });
});

describe('bringing a certificate', () => {
  it('proves the factor, keeps it, tells its owner, and makes recovery codes with the first', async () => {
    const situation = await stand();
    const result = await give(situation);
    const use = { kind: 'certificate', at: startInstant, credentialId };
    expect(result).toMatchObject({
      kind: 'progress',
      progress: { proven: { accountId: 'account-1', factors: [use] }, newRecoveryCodes: expect.any(String) },
    });
    await commit(result);
    expect(await kept()).toMatchObject({ id: credentialId, name: 'a0123456', serial: '1f', digest: 'digest-1' });
    expect(await fresh().audited()).toEqual([
      { type: 'factor.added', accountId: 'account-1', kind: 'certificate' },
      expect.objectContaining({ type: 'recovery_codes.made' }),
    ]);
  });

  it('is noted as a use the next time, and tells nobody', async () => {
    const situation = await stand();
    await commit(await give(situation));
    const told = (await fresh().audited()).length;
    fresh().clock.advance(minutes(1));
    const again = await give(situation, reportFor(fresh(), situation));
    expect(again).toMatchObject({ progress: { proven: { factors: [{ kind: 'certificate', credentialId }] } } });
    await commit(again);
    expect(await kept()).toMatchObject({ lastUsedAt: startInstant + minutes(1), addedAt: startInstant });
    expect(await fresh().audited()).toHaveLength(told);
  });

  it('refuses that of another account, and tells the audit', async () => {
    const situation = await stand();
    const foreign = ownCertificate({ names: { ...ownCertificate().names, commonName: ['a9999999'] } });
    expect(await give(situation, reportFor(fresh(), situation, good(foreign)))).toEqual(problem('other_account'));
    const failed = { type: 'login.failed', accountId: 'account-1', connectionId: 'kulasis', factor: 'certificate' };
    expect(await fresh().audited()).toEqual([failed]);
    expect(await kept()).toBeUndefined();
  });

  it('refuses one that was issued to somebody elsewhere under the same name', async () => {
    const situation = await stand();
    const elsewhere = ownCertificate({ subject: 'CN=a0123456,O=Osaka University,C=JP' });
    expect(await give(situation, reportFor(fresh(), situation, good(elsewhere)))).toEqual(problem('other_account'));
  });

  it('refuses one that was taken away', async () => {
    const situation = await stand();
    await commit(await give(situation));
    const factor = await kept();
    if (!factor) throw new TypeError('it was not kept');
    await fresh().world.store.commit(planRefuse(fresh().world, [factor]));
    expect(await give(situation)).toEqual(problem('taken_away'));
  });

  it.each<[string, (situation: Situation) => string]>([
    ['nothing', () => ''],
    ['something made up', () => 'a.b.c'],
    ['the report of another page', () => reportFor(fresh(), { turn: { ...turn, number: 2 } })],
    ['the report of another login', () => reportFor(fresh(), { turn: { ...turn, attemptId: 'attempt-2' } })],
    ['a refusal', (situation) => reportFor(fresh(), situation, { kind: 'refused', reason: 'revoked' })],
  ])('is not done with %s', async (_, made) => {
    const situation = await stand();
    expect(await give(situation, made(situation))).toEqual(problem('lapsed'));
  });

  it('is not done with a report that has lain about', async () => {
    const situation = await stand();
    const report = reportFor(fresh(), situation);
    fresh().clock.advance(minutes(5));
    expect(await give(situation, report)).toEqual(problem('lapsed'));
  });

  it('of others is slowed down like guessing at codes, and keeps nobody from giving their own', async () => {
    const situation = await stand();
    const foreign = good(ownCertificate({ names: { ...ownCertificate().names, commonName: ['a9999999'] } }));
    const { free } = certifiedConfig.login.throttle.account;
    for (let tries = 0; tries < free; tries += 1) await give(situation, reportFor(fresh(), situation, foreign));
    expect(await give(situation, reportFor(fresh(), situation, foreign))).toMatchObject(problem('throttled'));
    expect(await give(situation)).toMatchObject({ kind: 'progress' });
  });

  it('can be left for another way', async () => {
    const situation = await stand();
    const result = await certificate.take(means(), situation, answerOf({ choice: 'another' }), origin);
    expect(result).toEqual({ kind: 'progress', progress: { way: 'choose' }, writes: [] });
  });
});
