import { describe, expect, it } from '@jest/globals';
import {
  type AttributeName,
  type AttributeSource,
  attributeNames,
  readAttribute,
} from '../../../src/core/connections/attribute.ts';
import { sampleAccount, samplePerson, startInstant } from '../sample-records.ts';

const source: AttributeSource = {
  person: samplePerson({
    studentNumber: '1029-32-0001',
    staffNumber: '70001',
    affiliations: [
      { unit: 'f-engineering', role: 'student', from: startInstant - 2 },
      { unit: 'f-engineering', role: 'employee', from: startInstant - 1 },
      { unit: 'f-letters', role: 'faculty', from: startInstant - 9, until: startInstant },
    ],
  }),
  account: sampleAccount(),
  now: startInstant,
  locale: 'ja',
  scope: 'kyoto-u.ac.jp',
  unitNames: { 'f-engineering': { ja: '工学部', en: 'Faculty of Engineering' } },
};

/** Every attribute of `source`. A new attribute without a row does not compile. */
const values: Readonly<Record<AttributeName, string | readonly string[]>> = {
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
};

describe('readAttribute', () => {
  it.each(attributeNames)('reads %s', (name) => {
    expect(readAttribute(name, source)).toEqual(values[name]);
  });

  it.each<[AttributeName, unknown]>([
    ['displayName', 'Hanako Kyoto'],
    ['jaDisplayName', '京都 花子'],
    ['organizationalUnit', ['Faculty of Engineering']],
  ])('reads %s for somebody who reads English', (name, value) => {
    expect(readAttribute(name, { ...source, locale: 'en' })).toEqual(value);
  });

  const { nameJa: _ja, nameKana: _kana, ...nameless } = samplePerson({ affiliations: [] });
  const { universityMail: _mail, ...mailless } = sampleAccount();
  it.each<AttributeName>([
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
  ])('reads no %s of a person who has none', (name) => {
    expect(readAttribute(name, { ...source, person: nameless, account: mailless })).toBeUndefined();
  });

  it('shows a unit that configuration does not name by its code', () => {
    expect(readAttribute('organizationalUnit', { ...source, unitNames: {} })).toEqual(['f-engineering']);
  });
});
