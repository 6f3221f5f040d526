import { describe, expect, it } from '@jest/globals';
import type { AttributeDefinition, AttributeName } from '../../../src/core/attributes/definition.ts';
import type { Release } from '../../../src/core/connections/connection.ts';
import { claimMapOf } from '../../../src/protocols/oidc/claims.ts';
import { sampleAttributes, sampleSource } from '../../core/attributes/sample-attributes.ts';
import { sampleAccount, samplePerson } from '../../core/sample-records.ts';

const { definitions } = sampleAttributes();
const { byScope, scopesOf, attributesAsked, claimsFor } = claimMapOf(definitions);
const attributeNames = [...definitions].flatMap(([name, { claim }]) => (claim === undefined ? [] : name));

const source = sampleSource({
  person: samplePerson({
    studentNumber: '1029-32-0001',
    staffNumber: '70001',
    orcid: 'https://orcid.org/0000-0002-1825-0097',
    groups: ['exam-board'],
  }),
  entitlements: [{ uri: 'urn:mace:dir:entitlement:common-lib-terms' }],
  assurance: { everybody: ['https://refeds.org/assurance'], inPerson: [], byPost: [] },
  groupPrefix: 'urn:mace:kyoto-u.ac.jp:group:',
});
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
      eduperson_orcid: ['https://orcid.org/0000-0002-1825-0097'],
      eduperson_entitlement: ['urn:mace:dir:entitlement:common-lib-terms'],
      eduperson_assurance: ['https://refeds.org/assurance'],
      gakunin_scoped_personal_unique_code: ['student:1029-32-0001@kyoto-u.ac.jp'],
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

describe('byScope', () => {
  it('lets every scope ask for exactly the claims that its release gives', () => {
    for (const scope of ['profile', 'email', 'affiliation']) {
      const attributes = asked(releasing(...attributeNames), [scope]);
      expect(Object.keys(claimsFor(releasing(...attributes), source)).sort()).toEqual(
        [...(byScope[scope] ?? [])].sort(),
      );
    }
  });

  it('tells with every login what it proved', () => {
    expect(byScope.openid).toEqual(['sub', 'acr', 'amr']);
  });
});

/** The names before there were definitions: services, documents and consents hang on them. */
const first: Readonly<Record<string, readonly [claim: string, scope: string]>> = {
  displayName: ['name', 'profile'],
  familyName: ['family_name', 'profile'],
  givenName: ['given_name', 'profile'],
  jaDisplayName: ['name#ja-Hani-JP', 'profile'],
  jaFamilyName: ['family_name#ja-Hani-JP', 'profile'],
  jaGivenName: ['given_name#ja-Hani-JP', 'profile'],
  kanaName: ['name#ja-Kana-JP', 'profile'],
  loginName: ['preferred_username', 'profile'],
  mail: ['email', 'email'],
  studentNumber: ['student_number', 'affiliation'],
  staffNumber: ['staff_number', 'affiliation'],
  affiliation: ['eduperson_affiliation', 'affiliation'],
  scopedAffiliation: ['eduperson_scoped_affiliation', 'affiliation'],
  organizationalUnit: ['organizational_unit', 'affiliation'],
  principalName: ['eduperson_principal_name', 'affiliation'],
  homeOrganization: ['schac_home_organization', 'affiliation'],
};

describe('claimMapOf', () => {
  it.each(Object.entries(first))('goes on calling %s as it did', (attribute, [claim, scope]) => {
    expect(scopesOf(releasing(attribute), false)).toEqual(['openid', scope]);
    expect(claimsFor(releasing(attribute), source)).toHaveProperty([claim]);
  });

  const label = { ja: '部屋', en: 'Room' };
  const own = (definition: Partial<AttributeDefinition>) =>
    claimMapOf(sampleAttributes({ room: { source: 'constant', label, values: ['E-1'], ...definition } }).definitions);

  it('takes a claim and a scope of the university’s own', () => {
    const map = own({ claim: 'room', scope: 'campus' });
    expect(map.scopesOf(releasing('room'), false)).toEqual(['openid', 'campus']);
    expect(map.byScope.campus).toEqual(['room']);
    expect(map.claimsFor(releasing('room'), source)).toEqual({ room: 'E-1' });
  });

  it('lets only the claims parameter ask for what has no scope', () => {
    const map = own({ claim: 'room' });
    expect(map.byScope.room).toBeNull();
    expect(map.scopesOf(releasing('room'), false)).toEqual(['openid']);
    expect(map.attributesAsked(releasing('room'), new Set(['profile']), new Set())).toEqual([]);
    expect(map.attributesAsked(releasing('room'), new Set(), new Set(['room']))).toEqual(['room']);
  });

  it('tells nothing that has no claim, and nothing that nobody defines', () => {
    expect(own({}).claimsFor(releasing('room', 'targetedId', 'gone'), source)).toEqual({});
  });

  it('verifies no address but the university’s own', () => {
    const { mail: _mail, ...others } = Object.fromEntries(definitions);
    const map = claimMapOf(
      new Map([
        ...Object.entries(others),
        ['mail', { source: 'constant', label, values: ['a@elsewhere.example'], claim: 'email', scope: 'email' }],
      ]),
    );
    expect(map.claimsFor(releasing('mail'), source)).toEqual({ email: 'a@elsewhere.example' });
    expect(map.byScope.email).toEqual(['email']);
  });
});
