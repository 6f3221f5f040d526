import { describe, expect, it } from '@jest/globals';
import type { Enrolling } from '../../../src/login/attempt.ts';
import type { Situation } from '../../../src/login/facts.ts';
import { enrolFactor } from '../../../src/login/steps/enrol-factor.ts';
import { sampleAccount, sampleConnection, startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { asStored, sampleRequest, sampleRule, sampleSituation, sampleSubject } from '../sample-situation.ts';

const account = asStored(sampleAccount({ activation: { handed: 'in-person', at: startInstant } }));

/** A newcomer without a second factor, at a service that requires one; mailed codes do not do. */
const newcomer = (wishes: Partial<Situation> = {}): Situation =>
  sampleSituation({
    connection: sampleConnection({ requiredLevel: 'mfa' }),
    assurance: { ...sampleRule, mfaBy: { ...sampleRule.mfaBy, mailCode: false } },
    subject: sampleSubject({ account, isProvenHere: true }),
    ...wishes,
  });

describe('choosing what to set up', () => {
  const fresh = freshLogin();
  const take = (choice: string, situation = newcomer()) =>
    enrolFactor.take(fresh().means, situation, answerOf({ choice }));

  it.each<[boolean, string, Situation]>([
    [true, 'one may be set up', newcomer()],
    [false, 'nothing is missing', newcomer({ connection: sampleConnection() })],
    [false, 'a desk has to see the person first', newcomer({ subject: sampleSubject({ isProvenHere: true }) })],
    [
      false,
      'nothing that can be set up would do',
      newcomer({ request: sampleRequest({ demand: { acceptable: ['aal2'], essential: true } }) }),
    ],
    [true, 'what was chosen will not do', newcomer({ progress: { enrolling: { kind: 'mail-code' } } })],
    ...(['totp', 'passkey'] as const).map((kind): [boolean, string, Situation] => [
      false,
      `${kind} was chosen`,
      newcomer({ progress: { enrolling: { kind } as Enrolling } }),
    ]),
  ])('is due: %s, where %s', (isDue, _what, situation) => {
    expect(enrolFactor.isDue(situation)).toBe(isDue);
  });

  it('offers what would do, and says who requires it', () => {
    expect(enrolFactor.show(fresh().means, newcomer(), { locale: 'en' })).toMatchObject({
      service: { name: 'KULASIS' },
      because: 'connection',
      kinds: ['passkey', 'totp'],
    });
  });

  it('takes what was offered', async () => {
    const situation = newcomer({ progress: { about: 'account-1' } });
    const progress = { about: 'account-1', enrolling: { kind: 'totp' } };
    expect(await take('totp', situation)).toEqual({ kind: 'progress', progress, writes: [] });
  });

  it('leads whoever has a certificate there, where a rule leads to the account', async () => {
    const situation = newcomer({ certifiedKinds: ['ecs'] });
    expect(enrolFactor.show(fresh().means, situation, { locale: 'en' })).toMatchObject({ orCertificate: true });
    expect(await take('certificate', situation)).toEqual({
      kind: 'progress',
      progress: { way: 'certificate' },
      writes: [],
    });
    expect(enrolFactor.show(fresh().means, newcomer(), { locale: 'en' })).toMatchObject({ orCertificate: false });
  });

  it.each(['mail-code', 'recovery-code', 'certificate', ''])('refuses what was not: %s', async (choice) => {
    expect(await take(choice)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });
});
