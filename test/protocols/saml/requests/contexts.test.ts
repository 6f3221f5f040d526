import { describe, expect, it } from '@jest/globals';
import type { Approved } from '../../../../src/core/connections/connection.ts';
import type { SamlSettings } from '../../../../src/core/connections/saml-settings.ts';
import type { Assertable, Comparison } from '../../../../src/core/credentials/assertion.ts';
import { unspecifiedContext } from '../../../../src/protocols/saml/names.ts';
import { demandOf, isMetByAny, namesFor } from '../../../../src/protocols/saml/requests/contexts.ts';
import { sampleSamlConnection } from '../../../core/connections/sample-saml-connection.ts';
import { refusalOf } from '../refused.ts';

const serviceWith = (saml: Partial<SamlSettings> = {}, rest: Partial<Approved> = {}) =>
  sampleSamlConnection({ ...rest, saml });

const multipleAuthn = 'http://schemas.microsoft.com/claims/multipleauthn';
const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';
const aal2 = 'https://www.gakunin.jp/profile/AAL2';

const rule = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: false, certificate: false, passkeys: [] },
};
const names = [
  { level: 'password', name: 'urn:password' },
  { level: 'sfa', name: sfa },
  { level: 'mfa', name: multipleAuthn },
  { level: 'mfa', name: mfa },
  { level: 'aal2', name: aal2 },
] as const;
const assertable: Assertable = {
  rule,
  order: [
    ['password', 'sfa'],
    ['sfa', 'mfa'],
    ['mfa', 'aal2'],
  ],
  names,
};
const asked = (...wanted: readonly string[]) => ({ comparison: 'exact' as Comparison, names: wanted });

describe('demandOf', () => {
  it('asks for nothing where the service does not, or takes anything', () => {
    const none = { acceptable: [], essential: false };
    expect(demandOf(assertable, serviceWith(), undefined)).toEqual(none);
    expect(demandOf(assertable, serviceWith(), asked(mfa, unspecifiedContext))).toEqual(none);
  });

  it('asks for the levels that would do, each once, and for none that cannot be reached here', () => {
    const demand = demandOf(assertable, serviceWith(), asked(aal2, mfa, multipleAuthn));
    expect(demand).toEqual({ acceptable: ['mfa'], essential: true });
  });

  it('refuses what no login here could reach, with a status that travels', () => {
    expect(refusalOf(() => demandOf(assertable, serviceWith(), asked(aal2)))).toBe('context_unmet');
    expect(refusalOf(() => demandOf(assertable, serviceWith(), asked('urn:unknown')))).toBe('context_unmet');
    const declared = { ...asked(), isDeclared: true as const };
    expect(refusalOf(() => demandOf(assertable, serviceWith(), declared))).toBe('context_unmet');
  });

  it('asks Microsoft for nothing where it would refuse others, since it would ask again', () => {
    const microsoft = serviceWith({ preset: 'microsoft365' });
    for (const nothing of [asked(aal2), asked('urn:unknown'), { ...asked(), isDeclared: true as const }]) {
      expect(demandOf(assertable, microsoft, nothing)).toEqual({ acceptable: [], essential: false });
    }
  });

  it('leaves it to the rule of the connection where a trusted browser is told by the name that is asked for', () => {
    const policy = { requiredLevel: 'mfa', trustedBrowser: 'policy' } as const;
    const told = { tellsTrustedBrowserAs: multipleAuthn };
    expect(demandOf(assertable, serviceWith(told, policy), asked(multipleAuthn)).essential).toBe(false);
    expect(demandOf(assertable, serviceWith(told, policy), asked(mfa)).essential).toBe(true);
    expect(demandOf(assertable, serviceWith({}, policy), asked(multipleAuthn)).essential).toBe(true);
    expect(demandOf(assertable, serviceWith(told), asked(multipleAuthn)).essential).toBe(true);
    const weaker = { ...policy, requiredLevel: 'sfa' } as const;
    expect(demandOf(assertable, serviceWith(told, weaker), asked(multipleAuthn)).essential).toBe(true);
  });
});

describe('namesFor', () => {
  const namesOf = (saml: Parameters<typeof serviceWith>[0], wanted?: ReturnType<typeof asked>) =>
    namesFor(names, serviceWith(saml), wanted).map(({ name }) => name);

  it('keeps the name that only Microsoft knows from all who do not ask for it', () => {
    expect(namesOf({})).toEqual(['urn:password', sfa, mfa, aal2]);
    expect(namesOf({}, asked(multipleAuthn))).toContain(multipleAuthn);
  });

  it('are those alone that the service knows', () => {
    expect(namesOf({ contexts: ['urn:password', multipleAuthn] })).toEqual(['urn:password', multipleAuthn]);
  });
});

describe('isMetByAny', () => {
  it.each<[Comparison, boolean]>([
    ['exact', true],
    ['minimum', true],
    ['maximum', false],
    ['better', false],
  ])('holds of "unspecified" with %s: %s', (comparison, expected) => {
    expect(isMetByAny({ comparison, names: [unspecifiedContext] })).toBe(expected);
    expect(isMetByAny({ comparison, names: [mfa] })).toBe(false);
  });
});
