import { describe, expect, it } from '@jest/globals';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Situation } from '../../src/login/facts.ts';
import { nextStep, rows } from '../../src/login/next-step.ts';
import { denialReasons } from '../../src/login/outcome.ts';
import { passwordUse, sampleAccount, sampleConnection, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { sampleHeld } from './sample-held.ts';
import { asStored, sampleRequest, sampleSituation, sampleSubject, strangerSituation } from './sample-situation.ts';

/** In one word: the step, the reason of a refusal, or `granted`. */
function decided(situation: Situation): string {
  const decision = nextStep(situation);
  if (decision.kind === 'step') return decision.step.name;
  return decision.kind === 'denied' ? decision.reason : 'granted';
}

const { connection: _connection, ...goneConnection } = sampleSituation();
const { connectionId: _id, ...portalRequest } = sampleRequest({ protocol: 'portal' });
const { termsVersion: _version, ...withoutTerms } = sampleSituation();
const { acceptedTerms: _terms, ...newcomer } = sampleAccount();
const request = (wishes: Parameters<typeof sampleRequest>[0]) => sampleSituation({ request: sampleRequest(wishes) });
const subject = (wishes: Parameters<typeof sampleSubject>[0]) => sampleSituation({ subject: sampleSubject(wishes) });
const asking = (wishes: Parameters<typeof sampleConnection>[0]) =>
  sampleSituation({ connection: sampleConnection(wishes) });
const weakPassword = [passwordUse(startInstant, 'kyoto-2017')];
const mfa = { demand: { acceptable: ['mfa'], essential: true } } as const;
const { held: _held, ...sampleSubjectWithoutHeld } = sampleSubject();
const withHeld = (kind: SecondFactorKind) => sampleSubject({ held: [sampleHeld(kind)] });
const newcomerSubject = sampleSubject({
  isProvenHere: true,
  account: asStored(sampleAccount({ activation: { handed: 'in-person', at: startInstant } })),
});
const insisting = { demand: { acceptable: ['sfa'], essential: true } } as const;

describe('nextStep', () => {
  it.each<[string, Situation, string]>([
    ['a session that satisfies the service', sampleSituation(), 'granted'],
    ['the portal', { ...goneConnection, request: portalRequest }, 'granted'],
    ['the person went back', sampleSituation({ progress: { declined: 'cancelled' } }), 'cancelled'],
    ['the terms were declined', sampleSituation({ progress: { declined: 'terms_declined' } }), 'terms_declined'],
    ['the release was refused', sampleSituation({ progress: { declined: 'release_denied' } }), 'release_denied'],
    ['the service does not exist any more', goneConnection, 'connection_suspended'],
    ['the service is suspended', asking({ state: 'suspended' }), 'connection_suspended'],
    ['the service asks which account', request({ chooseAccount: true }), 'choose-account'],
    [
      'it asks which account where nobody is signed in',
      strangerSituation({ request: sampleRequest({ chooseAccount: true }) }),
      'password',
    ],
    [
      'the account was chosen',
      { ...request({ chooseAccount: true }), progress: { choice: { accountId: 'account-1' } } },
      'granted',
    ],
    ['nobody is known', strangerSituation(), 'password'],
    ['nothing counts of what the session remembers', subject({ factors: [] }), 'password'],
    ['it was heard again', { ...request({ force: true }), subject: sampleSubject({ isProvenHere: true }) }, 'granted'],
    ['a second factor alone counts', subject({ factors: [useOf('totp')], isProvenHere: true }), 'password'],
    ['the service named another account', subject({ isNamed: false }), 'password'],
    ['another account than the named one was proven', subject({ isNamed: false, isProvenHere: true }), 'other_account'],
    ['the account is suspended', subject({ standing: 'suspended' }), 'suspended'],
    ['the account has ended', subject({ standing: 'expired' }), 'expired'],
    ['the account is closed', subject({ standing: 'closed' }), 'expired'],
    ['the account was never activated', subject({ standing: 'issued' }), 'expired'],
    ['the service is for others', subject({ isAudience: false }), 'not_for_you'],
    [
      'the service insists on what is not true',
      { ...request(insisting), subject: sampleSubject({ factors: weakPassword }) },
      'level_unreachable',
    ],
    ['the service insists on what is true', request(insisting), 'granted'],
    [
      'the service insists, and the person has not been asked yet what they have',
      { ...request(mfa), subject: sampleSubjectWithoutHeld },
      'level_unreachable',
    ],
    ['the service insists on a second factor, and the person has none', request(mfa), 'enrolment_closed'],
    ['they have one', { ...request(mfa), subject: withHeld('totp') }, 'totp'],
    [
      'they wish for another',
      { ...request(mfa), subject: withHeld('totp'), progress: { way: 'choose' } },
      'choose-factor',
    ],
    ['they may set one up', { ...request(mfa), subject: newcomerSubject }, 'enrol-factor'],
    [
      'they may set one up, and the password is only remembered',
      { ...request(mfa), subject: { ...newcomerSubject, isProvenHere: false } },
      'password',
    ],
    [
      'a passkey was used alone, and the service insists on a password',
      {
        ...request({ demand: { acceptable: ['password'], essential: true } }),
        subject: sampleSubject({ factors: [passkeyUse()] }),
      },
      'password',
    ],
    ['recovery codes were made', sampleSituation({ progress: { newRecoveryCodes: 'sealed' } }), 'keep-recovery-codes'],
    [
      'the service prefers what is not true',
      {
        ...request({ demand: { ...insisting.demand, essential: false } }),
        subject: sampleSubject({ factors: weakPassword }),
      },
      'granted',
    ],
    [
      'the connection requires what is not true',
      { ...asking({ requiredLevel: 'sfa' }), subject: sampleSubject({ factors: weakPassword }) },
      'level_unreachable',
    ],
    ['the connection requires what is true', asking({ requiredLevel: 'sfa' }), 'granted'],
    ['the terms were never accepted', subject({ account: asStored(newcomer) }), 'accept-terms'],
    ['the terms have changed', sampleSituation({ termsVersion: '2027-04' }), 'accept-terms'],
    [
      'the terms were accepted a moment ago',
      {
        ...sampleSituation({ termsVersion: '2027-04' }),
        progress: { acceptedTerms: { accountId: 'account-1', version: '2027-04' } },
      },
      'granted',
    ],
    [
      'other terms were accepted a moment ago',
      {
        ...sampleSituation({ termsVersion: '2027-04' }),
        progress: { acceptedTerms: { accountId: 'account-1', version: '2026-10' } },
      },
      'accept-terms',
    ],
    [
      'somebody else accepted the terms a moment ago',
      {
        ...sampleSituation({ termsVersion: '2027-04' }),
        progress: { acceptedTerms: { accountId: 'account-2', version: '2027-04' } },
      },
      'accept-terms',
    ],
    [
      'somebody else allowed the release in this attempt',
      { ...asking({ consent: 'always' }), progress: { allowedRelease: { accountId: 'account-2' } } },
      'release',
    ],
    ['there are no terms', { ...withoutTerms, subject: sampleSubject({ account: asStored(newcomer) }) }, 'granted'],
    ['the service asks once, for the first time', asking({ consent: 'once' }), 'release'],
    [
      'the service asks once, and has been answered',
      { ...asking({ consent: 'once' }), subject: sampleSubject({ hasConsented: true }) },
      'granted',
    ],
    [
      'the service asks always',
      { ...asking({ consent: 'always' }), subject: sampleSubject({ hasConsented: true }) },
      'release',
    ],
    [
      'the service asks always, and was answered here',
      { ...asking({ consent: 'always' }), progress: { allowedRelease: { accountId: 'account-1' } } },
      'granted',
    ],
    ['this request asks, although the service does not', request({ askRelease: true }), 'release'],
  ])('where %s', (_what, situation, outcome) => {
    expect(decided(situation)).toBe(outcome);
  });

  const everything = sampleSituation({
    request: sampleRequest({ ...insisting, chooseAccount: true, askRelease: true }),
    progress: { declined: 'cancelled' },
    connection: sampleConnection({ state: 'suspended', consent: 'always' }),
    subject: sampleSubject({
      standing: 'suspended',
      factors: weakPassword,
      isAudience: false,
      isNamed: false,
      account: asStored(newcomer),
    }),
  });

  /** One situation to which nearly every row applies; each line takes away what the line before it decided. */
  it('hears of the first of several obstacles', () => {
    let situation: Situation = everything;
    const heard: string[] = [];
    const remove: readonly ((now: Situation) => Situation)[] = [
      (now) => ({ ...now, progress: {} }),
      (now) => ({ ...now, connection: sampleConnection({ consent: 'always' }) }),
      (now) => ({ ...now, progress: { choice: { accountId: 'account-1' } } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), isProvenHere: true } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), standing: 'expired' } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), standing: 'active' } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), isNamed: true } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), isAudience: true } }),
      (now) => ({ ...now, subject: { ...(now.subject ?? sampleSubject()), factors: [passwordUse()] } }),
      (now) => ({
        ...now,
        progress: { ...now.progress, acceptedTerms: { accountId: 'account-1', version: '2026-04' } },
      }),
      (now) => ({ ...now, progress: { ...now.progress, allowedRelease: { accountId: 'account-1' } } }),
    ];
    for (const take of remove) {
      heard.push(decided(situation));
      situation = take(situation);
    }
    expect([...heard, decided(situation)]).toEqual([
      'cancelled',
      'connection_suspended',
      'choose-account',
      'password',
      'suspended',
      'expired',
      'other_account',
      'not_for_you',
      'level_unreachable',
      'accept-terms',
      'release',
      'granted',
    ]);
  });
});

describe('the table', () => {
  it('has one row for every reason to refuse', () => {
    const reasons = rows.flatMap(({ decision }) => (decision.kind === 'denied' ? [decision.reason] : []));
    expect([...reasons].sort()).toEqual([...denialReasons].sort());
  });

  it('grants in its last row only', () => {
    expect(rows.map(({ decision }) => decision.kind).indexOf('granted')).toBe(rows.length - 1);
  });
});
