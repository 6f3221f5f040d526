import { describe, expect, it } from '@jest/globals';
import { sampleAttributes } from './sample-attributes.ts';

const { definitions } = sampleAttributes();

/**
 * Every attribute of the presets that has an OID: eduPerson 202208, SCHAC 1.6, RFC 4519 and 2798, GakuNin's list. The names
 * on the left are those of records and documents: one that changes is a consent lost and a document refused.
 */
const oids: Readonly<Record<string, readonly [oid: string, friendlyName: string]>> = {
  displayName: ['2.16.840.1.113730.3.1.241', 'displayName'],
  familyName: ['2.5.4.4', 'sn'],
  givenName: ['2.5.4.42', 'givenName'],
  loginName: ['0.9.2342.19200300.100.1.1', 'uid'],
  preferredLanguage: ['2.16.840.1.113730.3.1.39', 'preferredLanguage'],
  mail: ['0.9.2342.19200300.100.1.3', 'mail'],
  staffNumber: ['2.16.840.1.113730.3.1.3', 'employeeNumber'],
  organization: ['2.5.4.10', 'o'],
  organizationalUnit: ['2.5.4.11', 'ou'],
  affiliation: ['1.3.6.1.4.1.5923.1.1.1.1', 'eduPersonAffiliation'],
  principalName: ['1.3.6.1.4.1.5923.1.1.1.6', 'eduPersonPrincipalName'],
  entitlement: ['1.3.6.1.4.1.5923.1.1.1.7', 'eduPersonEntitlement'],
  scopedAffiliation: ['1.3.6.1.4.1.5923.1.1.1.9', 'eduPersonScopedAffiliation'],
  targetedId: ['1.3.6.1.4.1.5923.1.1.1.10', 'eduPersonTargetedID'],
  assurance: ['1.3.6.1.4.1.5923.1.1.1.11', 'eduPersonAssurance'],
  uniqueId: ['1.3.6.1.4.1.5923.1.1.1.13', 'eduPersonUniqueId'],
  orcid: ['1.3.6.1.4.1.5923.1.1.1.16', 'eduPersonOrcid'],
  groups: ['1.3.6.1.4.1.5923.1.5.1.1', 'isMemberOf'],
  homeOrganization: ['1.3.6.1.4.1.25178.1.2.9', 'schacHomeOrganization'],
  jaFamilyName: ['1.3.6.1.4.1.32264.1.1.1', 'jasn'],
  jaGivenName: ['1.3.6.1.4.1.32264.1.1.2', 'jaGivenName'],
  jaDisplayName: ['1.3.6.1.4.1.32264.1.1.3', 'jaDisplayName'],
  jaOrganization: ['1.3.6.1.4.1.32264.1.1.4', 'jao'],
  jaOrganizationalUnit: ['1.3.6.1.4.1.32264.1.1.5', 'jaou'],
  scopedPersonalCode: ['1.3.6.1.4.1.32264.1.1.6', 'gakuninScopedPersonalUniqueCode'],
};
/** No standard has a SAML name for these; the last is nobody's attribute, and a NameID. */
const withoutOid = ['kanaName', 'studentNumber', 'immutableId'];

describe('the definitions of the presets', () => {
  it.each(Object.entries(oids))('name %s in SAML as its specification does', (name, [oid, friendlyName]) => {
    expect(definitions.get(name)?.saml).toEqual({ name: `urn:oid:${oid}`, format: 'uri', friendlyName });
  });

  it('are these and no others', () => {
    expect([...definitions.keys()].sort()).toEqual([...Object.keys(oids), ...withoutOid].sort());
  });

  it.each(['claim', 'saml'] as const)('never give two attributes one %s', (key) => {
    const names = [...definitions.values()].flatMap((definition) =>
      key === 'claim' ? (definition.claim ?? []) : (definition.saml?.name ?? []),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('call each something else in both languages, for the person who is asked', () => {
    for (const locale of ['ja', 'en'] as const) {
      const labels = [...definitions.values()].map(({ label }) => label[locale]);
      expect(labels.every((label) => label.trim() !== '')).toBe(true);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it('have claims after REFEDS OIDCre: lower case, with underscores', () => {
    const claims = [...definitions.values()].flatMap(({ claim }) => claim?.split('#')[0] ?? []);
    expect(claims.filter((claim) => !/^[a-z]+(?:_[a-z]+)*$/.test(claim))).toEqual([]);
  });
});
