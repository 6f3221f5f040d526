import { describe, expect, it } from '@jest/globals';
import type { AttributeDefinition, AttributeReading } from '../../../src/core/attributes/definition.ts';
import { readAttribute, type readers } from '../../../src/core/attributes/readers.ts';
import type { AttributeSource } from '../../../src/core/attributes/source.ts';
import { sampleAccount, samplePerson, startInstant } from '../sample-records.ts';
import { sampleSource } from './sample-attributes.ts';

const label = { ja: '何か', en: 'Something' };
const read = (source: AttributeReading, from: AttributeSource, wishes: Partial<AttributeDefinition> = {}) =>
  readAttribute({ source, label, ...wishes }, from);

const whole = sampleSource({
  person: samplePerson({
    studentNumber: '1029-32-0001',
    staffNumber: '70001',
    orcid: 'https://orcid.org/0000-0002-1825-0097',
    groups: ['exam-board'],
    affiliations: [
      { unit: 'f-engineering', role: 'student', from: startInstant - 2 },
      { unit: 'f-engineering', role: 'employee', from: startInstant - 1 },
      { unit: 'f-letters', role: 'faculty', from: startInstant - 9, until: startInstant },
    ],
  }),
  account: sampleAccount({ activation: { handed: 'in-person', at: startInstant }, immutableId: 'Zm9vYmFy+w==' }),
  entitlements: [
    { uri: 'urn:mace:dir:entitlement:common-lib-terms', roles: ['member'] },
    { uri: 'urn:example:for-staff', roles: ['staff'] },
  ],
  assurance: {
    everybody: ['https://refeds.org/assurance'],
    inPerson: ['urn:example:seen'],
    byPost: ['urn:example:post'],
  },
  groupPrefix: 'urn:mace:kyoto-u.ac.jp:group:',
  place: 'saml https://sp.example/shibboleth',
});

type Value = string | readonly string[];

/** Every reader for `whole`. A new one without a row does not compile. */
const values: Readonly<Record<keyof typeof readers, Value>> = {
  displayName: '京都 花子',
  familyName: 'Kyoto',
  givenName: 'Hanako',
  jaDisplayName: '京都 花子',
  jaFamilyName: '京都',
  jaGivenName: '花子',
  kanaName: 'きょうと はなこ',
  mail: 'kyoto.hanako.12a@st.kyoto-u.ac.jp',
  loginName: 'a0123456',
  studentNumber: '1029-32-0001',
  staffNumber: '70001',
  affiliation: ['student', 'employee', 'member'],
  scopedAffiliation: ['student@kyoto-u.ac.jp', 'employee@kyoto-u.ac.jp', 'member@kyoto-u.ac.jp'],
  organizationalUnit: ['工学部'],
  principalName: 'a0123456@kyoto-u.ac.jp',
  homeOrganization: 'kyoto-u.ac.jp',
  organization: '京都大学',
  preferredLanguage: 'ja',
  // Written down once: services that are abroad hang their records on these two.
  uniqueId: '98a710530e78527a2f46394811d1c4f4255c61a7eb9a761d3b7414e5bf43ae1a@kyoto-u.ac.jp',
  targetedId: 'JKuCHwYYGcp_GmV3UCN458r4T0nhsoMO1xw0gSB7iz4',
  entitlement: ['urn:mace:dir:entitlement:common-lib-terms'],
  assurance: ['https://refeds.org/assurance', 'urn:example:seen'],
  scopedPersonalCode: ['student:1029-32-0001@kyoto-u.ac.jp'],
  groups: ['urn:mace:kyoto-u.ac.jp:group:exam-board'],
  orcid: 'https://orcid.org/0000-0002-1825-0097',
  immutableId: 'Zm9vYmFy+w==',
};
const readings = Object.keys(values) as (keyof typeof values)[];

describe('readAttribute', () => {
  it.each(readings)('reads %s', (reading) => {
    expect(read(reading, whole)).toEqual(values[reading]);
  });

  it.each<[AttributeReading, Value]>([
    ['displayName', 'Hanako Kyoto'],
    ['jaDisplayName', '京都 花子'],
    ['organizationalUnit', ['Faculty of Engineering']],
    ['organization', 'Kyoto University'],
    ['preferredLanguage', 'ja'],
  ])('reads %s in Latin letters where those are told, whatever the pages', (reading, value) => {
    expect(read(reading, { ...whole, locale: 'en' })).toEqual(value);
  });

  it('reads what has a language in that one', () => {
    const english = { ...whole, locale: 'en' } as const;
    expect(read('organizationalUnit', english, { language: 'ja' })).toEqual(['工学部']);
    expect(read('organization', whole, { language: 'en' })).toBe('Kyoto University');
  });

  const { nameJa: _ja, nameKana: _kana, ...nameless } = samplePerson({ affiliations: [] });
  const { universityMail: _mail, ...mailless } = sampleAccount();
  const { place: _place, groupPrefix: _prefix, ...bare } = whole;
  it.each<AttributeReading>([
    'jaDisplayName',
    'jaFamilyName',
    'jaGivenName',
    'kanaName',
    'mail',
    'studentNumber',
    'staffNumber',
    'affiliation',
    'scopedAffiliation',
    'organizationalUnit',
    'targetedId',
    'entitlement',
    'scopedPersonalCode',
    'groups',
    'orcid',
    'immutableId',
  ])('reads no %s of a person who has none', (reading) => {
    expect(read(reading, { ...bare, person: nameless, account: mailless })).toBeUndefined();
  });

  it('shows a unit that configuration does not name by its code', () => {
    expect(read('organizationalUnit', { ...whole, unitNames: {} })).toEqual(['f-engineering']);
  });

  it.each([
    ['of one, the text', ['one'], undefined, 'one'],
    ['of several, the list', ['one', 'two'], undefined, ['one', 'two']],
    ['a list also of one', ['one'], true, ['one']],
    ['the first of several', ['one', 'two'], false, 'one'],
  ])('reads of a constant %s where its definition says so', (_what, constants, multi, value) => {
    const wishes = { values: constants, ...(multi === undefined ? {} : { multi }) };
    expect(read('constant', whole, wishes)).toEqual(value);
  });

  it('makes a list of one value, or of several the first alone, where the definition says so', () => {
    expect(read('orcid', whole, { multi: true })).toEqual(['https://orcid.org/0000-0002-1825-0097']);
    expect(read('affiliation', whole, { multi: false })).toBe('student');
  });
});

describe('what eduPerson asks for', () => {
  const withRole = (role: 'faculty' | 'staff' | 'student' | 'employee' | 'affiliate' | 'alum' | 'library-walk-in') =>
    sampleSource({ person: samplePerson({ affiliations: [{ unit: 'f-law', role, from: startInstant - 1 }] }) });

  it.each(['faculty', 'staff', 'student', 'employee'] as const)('a member is whoever is %s', (role) => {
    expect(read('affiliation', withRole(role))).toContain('member');
    expect(read('scopedAffiliation', withRole(role))).toContain('member@kyoto-u.ac.jp');
  });

  it.each(['affiliate', 'alum', 'library-walk-in'] as const)('no member is whoever is only %s', (role) => {
    expect(read('affiliation', withRole(role))).toEqual([role]);
  });

  it('no principal name has two scopes', () => {
    const account = sampleAccount({ loginName: 'hanako@elsewhere.example' });
    expect(read('principalName', sampleSource({ account }))).toBeUndefined();
  });

  it('an identifier for life is of the person, whichever account they use', () => {
    const other = sampleSource({ account: sampleAccount({ id: 'account-2', loginName: 'kyotohanako12a' }) });
    expect(read('uniqueId', other)).toBe(read('uniqueId', sampleSource()));
    expect(read('uniqueId', sampleSource({ person: samplePerson({ id: 'person-2' }) }))).not.toBe(
      read('uniqueId', sampleSource()),
    );
  });

  it('an identifier for life has 64 letters and digits before its scope', () => {
    expect(read('uniqueId', sampleSource())).toMatch(/^[A-Za-z0-9]{1,64}@kyoto-u\.ac\.jp$/);
  });
});

describe('what the university alone knows', () => {
  it('tells each the assurance of how their key was handed over, and of an unused one none', () => {
    const byPost = sampleAccount({ activation: { handed: 'post', at: startInstant } });
    expect(read('assurance', { ...whole, account: byPost })).toEqual([
      'https://refeds.org/assurance',
      'urn:example:post',
    ]);
    expect(read('assurance', { ...whole, account: sampleAccount() })).toEqual(['https://refeds.org/assurance']);
  });

  it('grants an entitlement only to whom all of its lists name', () => {
    const entitlements = [
      { uri: 'urn:example:everybody' },
      { uri: 'urn:example:students-of-law', roles: ['student'], units: ['f-law'] },
      { uri: 'urn:example:students', roles: ['student'], units: ['f-engineering'], accountKinds: ['ecs'] },
    ] as const;
    expect(read('entitlement', { ...whole, entitlements })).toEqual(['urn:example:everybody', 'urn:example:students']);
  });

  it('gives somebody who teaches and studies both of their codes', () => {
    const affiliations = [
      { unit: 'f-law', role: 'faculty', from: startInstant - 1 },
      { unit: 'f-law', role: 'student', from: startInstant - 1 },
    ] as const;
    expect(read('scopedPersonalCode', { ...whole, person: { ...whole.person, affiliations } })).toEqual([
      'faculty:70001@kyoto-u.ac.jp',
      'student:1029-32-0001@kyoto-u.ac.jp',
    ]);
  });
});
