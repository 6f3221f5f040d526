import { describe, expect, it } from '@jest/globals';
import { type AttributeName, type AttributeSource, attributeNames } from '../../../src/core/connections/attribute.ts';
import type { Release } from '../../../src/core/connections/connection.ts';
import { attributesAsked, claimsByScope, claimsFor, scopesOf } from '../../../src/protocols/oidc/claims.ts';
import { sampleAccount, samplePerson, startInstant } from '../../core/sample-records.ts';

const source: AttributeSource = {
  person: samplePerson({ studentNumber: '1029-32-0001', staffNumber: '70001' }),
  account: sampleAccount(),
  now: startInstant,
  locale: 'ja',
  scope: 'kyoto-u.ac.jp',
  unitNames: { 'f-engineering': { ja: '工学部', en: 'Faculty of Engineering' } },
};
const releasing = (...attributes: readonly AttributeName[]): readonly Release[] =>
  attributes.map((attribute) => ({ attribute, required: false }));
const asked = (release: readonly Release[], scopes: readonly string[], claims: readonly string[] = []) =>
  attributesAsked(release, new Set(scopes), new Set(claims));

describe('claimsFor', () => {
  it('has a claim for every attribute', () => {
    const { email_verified: isVerified, ...claims } = claimsFor(releasing(...attributeNames), source);
    expect(Object.keys(claims)).toHaveLength(attributeNames.length);
    expect(isVerified).toBe(true);
    expect(claims).toMatchObject({
      name: '京都 花子',
      family_name: 'Kyoto',
      'family_name#ja-Hani-JP': '京都',
      'name#ja-Kana-JP': 'きょうと はなこ',
      preferred_username: 'a0123456',
      email: 'kyoto.hanako.12a@st.kyoto-u.ac.jp',
      student_number: '1029-32-0001',
      eduperson_affiliation: ['student', 'member'],
      eduperson_scoped_affiliation: ['student@kyoto-u.ac.jp', 'member@kyoto-u.ac.jp'],
      organizational_unit: ['工学部'],
      schac_home_organization: 'kyoto-u.ac.jp',
    });
  });

  it.each(attributeNames)('gives one claim and no more for the release of %s', (attribute) => {
    const claims = Object.keys(claimsFor(releasing(attribute), source));
    expect(claims.filter((claim) => claim !== 'email_verified')).toHaveLength(1);
    expect(claims.includes('email_verified')).toBe(attribute === 'mail');
  });

  it('gives nothing that is not released', () => {
    expect(claimsFor([], source)).toEqual({});
  });

  it('is silent where the person has no value, and verifies no address that is not there', () => {
    const { universityMail: _mail, ...account } = sampleAccount();
    expect(claimsFor(releasing('mail', 'staffNumber'), { ...source, account, person: samplePerson() })).toEqual({});
  });
});

describe('scopesOf', () => {
  it.each<[readonly AttributeName[], boolean, readonly string[]]>([
    [[], false, ['openid']],
    [[], true, ['openid', 'offline_access']],
    [['displayName', 'givenName'], false, ['openid', 'profile']],
    [['mail'], false, ['openid', 'email']],
    [['studentNumber', 'displayName', 'mail'], true, ['openid', 'profile', 'email', 'affiliation', 'offline_access']],
  ])('of a release of %j (refresh: %s) are %j', (attributes, mayRefresh, scopes) => {
    expect(scopesOf(releasing(...attributes), mayRefresh)).toEqual(scopes);
  });
});

describe('attributesAsked', () => {
  const release = releasing('displayName', 'mail', 'studentNumber', 'staffNumber');

  it.each<[string, readonly string[], readonly string[], readonly AttributeName[]]>([
    ['nothing by openid alone', ['openid'], [], []],
    ['what a scope asks for', ['openid', 'profile'], [], ['displayName']],
    ['what a claim asks for, without its scope', ['openid'], ['student_number'], ['studentNumber']],
    ['each once, asked for by scope and claim', ['email'], ['email'], ['mail']],
    [
      'nothing that is not released, by scope or claim',
      ['profile'],
      ['given_name', 'preferred_username'],
      ['displayName'],
    ],
    ['nothing by a name that we do not know', ['openid', 'phone'], ['phone_number'], []],
  ])('are %s', (_what, scopes, claims, attributes) => {
    expect(asked(release, scopes, claims)).toEqual(attributes);
  });
});

describe('claimsByScope', () => {
  it('lets every scope ask for exactly the claims that its release gives', () => {
    for (const scope of ['profile', 'email', 'affiliation']) {
      const attributes = asked(releasing(...attributeNames), [scope]);
      expect(Object.keys(claimsFor(releasing(...attributes), source)).sort()).toEqual(
        [...(claimsByScope[scope] ?? [])].sort(),
      );
    }
  });

  it('tells with every login what it proved', () => {
    expect(claimsByScope.openid).toEqual(['sub', 'acr', 'amr']);
  });
});
