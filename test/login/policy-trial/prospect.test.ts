import { describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { type Credential, passwordId } from '../../../src/core/credentials/credential.ts';
import type { SecondFactorKind } from '../../../src/core/credentials/factor-use.ts';
import type { Level } from '../../../src/core/credentials/level.ts';
import { policySubject } from '../../../src/core/policy/policy.ts';
import { heldAmong } from '../../../src/login/held-factors.ts';
import type { Exemplar } from '../../../src/login/policy-trial/account-classes.ts';
import { type Prospect, type ProspectMeans, prospectOf } from '../../../src/login/policy-trial/prospect.ts';
import { sampleCredential } from '../../core/sample-credentials.ts';
import { sampleAccount, samplePerson, startInstant } from '../../core/sample-records.ts';
import { asStored, sampleRule } from '../sample-situation.ts';

const means: ProspectMeans = {
  now: startInstant,
  assurance: sampleRule,
  enrolment: { window: days(14) },
  canMail: true,
  hasNoPasskeys: false,
  certifiedKinds: ['ecs'],
};

function exemplarOf(has: string, preset: 'kyoto' | 'kyoto-2017' = 'kyoto'): Exemplar {
  const isNew = has.includes('new');
  const account = sampleAccount(isNew ? { activation: { handed: 'in-person', at: startInstant - days(1) } } : {});
  const kinds = has.split(' ').filter((word) => /-|totp|passkey|certificate/.test(word)) as SecondFactorKind[];
  const held = kinds.map((kind) => asStored(sampleCredential(kind) as Credential));
  const person = samplePerson();
  return {
    account: asStored(account),
    person,
    subject: policySubject(person, account, startInstant),
    password: {
      id: passwordId('account-1'),
      accountId: 'account-1',
      kind: 'password',
      hash: '',
      preset,
      setAt: 0,
      edition: '',
    },
    held: heldAmong(held, startInstant),
  };
}

describe('prospectOf', () => {
  it.each<[Prospect, string, readonly Level[]]>([
    ['enters', 'nothing', []],
    ['enters', 'nothing', ['password', 'sfa']],
    ['enters', 'totp', ['mfa']],
    ['enters', 'mail-code', ['mfa']],
    ['enters', 'passkey', ['mfa', 'phishing-resistant']],
    ['enters', 'certificate', ['phishing-resistant']],
    ['enters', 'recovery-code', ['mfa']],
    ['desk', 'nothing', ['mfa']],
    ['alone', 'new', ['mfa']],
    ['alone', 'temporary-pass', ['mfa']],
    ['alone', 'totp', ['phishing-resistant']],
    ['desk', 'nothing', ['phishing-resistant']],
    ['alone', 'new', ['mfa', 'phishing-resistant']],
    ['never', 'nothing', ['aal2']],
    ['never', 'new', ['aal2']],
    ['never', 'totp passkey', ['mfa', 'aal2']],
  ])('is %s for an account with %s of which %j is demanded', (expected, has, levels) => {
    expect(prospectOf(means, exemplarOf(has), levels)).toBe(expected);
  });

  it('is to set a better password where that would do', () => {
    expect(prospectOf(means, exemplarOf('nothing', 'kyoto-2017'), ['sfa'])).toBe('alone');
  });

  it('counts no factor that the installation has no means for', () => {
    expect(prospectOf({ ...means, canMail: false }, exemplarOf('mail-code'), ['mfa'])).not.toBe('enters');
    expect(prospectOf({ ...means, hasNoPasskeys: true }, exemplarOf('passkey'), ['mfa'])).not.toBe('enters');
    expect(prospectOf({ ...means, certifiedKinds: [] }, exemplarOf('certificate'), ['mfa'])).not.toBe('enters');
  });

  it('counts a pass for entering where a pass makes the level true', () => {
    const assurance = { ...sampleRule, mfaBy: { ...sampleRule.mfaBy, temporaryPass: true } };
    expect(prospectOf({ ...means, assurance }, exemplarOf('temporary-pass'), ['mfa'])).toBe('enters');
  });
});
