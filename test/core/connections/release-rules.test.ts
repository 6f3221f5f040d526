import { describe, expect, it } from '@jest/globals';
import { pathText } from '../../../src/base/document/problem.ts';
import { checkRelease, checkTellingNames } from '../../../src/core/connections/release-rules.ts';
import { sampleAttributes } from '../attributes/sample-attributes.ts';
import { complaints as complaintsOfDocument, plain } from './saml/stage.ts';

const { definitions } = sampleAttributes();
type Entry = Parameters<typeof checkRelease>[0];
const complaints = (names: readonly (string | undefined)[], entry: Entry = { oidc: {} }) =>
  checkRelease({ ...entry, release: names.map((attribute) => ({ attribute })) }, definitions).map(
    ({ path, message }) => `${pathText(path)}: ${message}`,
  );

describe('checkRelease', () => {
  it('has nothing to say of attributes that have a claim, or a name in SAML', () => {
    expect(complaints(['mail', 'studentNumber', 'uniqueId'])).toEqual([]);
    expect(complaints(['mail', 'targetedId', 'uniqueId'], { saml: {} })).toEqual([]);
  });

  it.each([
    ['one that nobody defines', ['mail', 'shoeSize'], 'release[1].attribute: there is no attribute shoeSize'],
    [
      'a slip, with what was meant',
      ['fmailyName'],
      'release[0].attribute: there is no attribute fmailyName; did you mean familyName?',
    ],
    ['a name that every object has', ['constructor'], 'release[0].attribute: there is no attribute constructor'],
    ['one that stands there twice', ['mail', 'mail'], 'release[1].attribute: mail stands here twice'],
    [
      'one without a claim',
      ['targetedId'],
      'release[0].attribute: targetedId has no claim, by which a service by OpenID Connect could be told of it',
    ],
  ])('finds %s', (_what, names, complaint) => {
    expect(complaints(names)).toEqual([complaint]);
  });

  it('finds what has no name in SAML, unless the service has one of its own for it', () => {
    expect(complaints(['kanaName'], { saml: {} })).toEqual([
      'release[0].attribute: kanaName has no name in SAML; write one under saml.attributeNames, or in attributes.definitions of the configuration',
    ]);
    expect(complaints(['kanaName'], { saml: { attributeNames: { kanaName: 'kana' } } })).toEqual([]);
  });

  it('does not repeat what is refused already', () => {
    expect(complaints([undefined, undefined])).toEqual([]);
    expect(checkRelease({}, definitions)).toEqual([]);
  });
});

describe('checkTellingNames', () => {
  const named = (
    saml: Parameters<typeof checkTellingNames>[1],
    consent: 'none' | 'once' | 'always',
    ...names: string[]
  ) =>
    checkTellingNames({ consent, release: names.map((attribute) => ({ attribute })) }, saml, definitions).map(
      ({ path }) => pathText(path),
    );

  it.each(['once', 'always'] as const)('finds a name that tells what people are not asked about (%s)', (consent) => {
    expect(named({ nameIds: ['persistent'], nameIdFrom: 'staffNumber' }, consent, 'mail')).toEqual(['saml.nameIdFrom']);
    expect(named({ nameIds: ['transient', 'email'] }, consent, 'loginName')).toEqual(['saml.nameIds']);
  });

  it.each<[string, Parameters<typeof named>]>([
    ['what nobody is asked about', [{ nameIds: ['email'], nameIdFrom: 'staffNumber' }, 'none']],
    ['what people are asked about', [{ nameIds: ['email'], nameIdFrom: 'staffNumber' }, 'once', 'mail', 'staffNumber']],
    ['a name that tells nothing', [{ nameIds: ['persistent', 'transient'] }, 'always']],
    ['one that was made here', [{ nameIds: ['persistent'], nameIdFrom: 'uniqueId' }, 'always']],
    [
      'the one of Microsoft 365',
      [{ nameIds: ['persistent'], nameIdFrom: 'staffNumber', preset: 'microsoft365' }, 'once', 'mail'],
    ],
  ])('has nothing to say of %s', (_what, wishes) => {
    expect(named(...wishes)).toEqual([]);
  });
});

describe('a document', () => {
  it('is refused where a name tells what people are not asked about', () => {
    const saml = { ...plain, nameIds: ['email', 'persistent'], nameIdFrom: 'staffNumber' };
    const found = complaintsOfDocument({ saml, connection: { consent: 'once' } });
    expect(found.map((line) => line.split(': ')[0])).toEqual(['saml.nameIdFrom', 'saml.nameIds']);
    expect(complaintsOfDocument({ saml, connection: { consent: 'none' } })).toEqual([]);
  });
});
