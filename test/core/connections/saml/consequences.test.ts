import { describe, expect, it } from '@jest/globals';
import { consequencesOf, type NamedEntity } from '../../../../src/core/connections/saml/consequences.ts';
import type { SamlSettings } from '../../../../src/core/connections/saml-settings.ts';
import { sampleSamlConnection } from '../sample-saml-connection.ts';

const settings = (saml: Partial<SamlSettings> = {}) => sampleSamlConnection({ saml }).saml;
const told = (before: SamlSettings | undefined, after: SamlSettings, others: readonly NamedEntity[] = []) =>
  consequencesOf(before, after, others).map(({ path, message }) => `${path.join('.')}: ${message}`);
const name = 'https://sp.example/shibboleth';
const renamed = { entityId: 'https://sp.example/new' };

describe('consequencesOf', () => {
  it('says who is a stranger by another name of the service, and by which of their own names', () => {
    expect(told(settings(), settings(renamed))).toEqual([
      expect.stringMatching(/^saml\.entityId: everybody has another persistent NameID, pairwise-id and .* from now on/),
    ]);
    const from = { nameIdFrom: 'staffNumber' };
    expect(told(settings(from), settings({ ...from, ...renamed }))).toEqual([
      expect.stringMatching(/^saml\.entityId: everybody has another pairwise-id and eduPersonTargetedID/),
    ]);
  });

  it.each<[string, Partial<SamlSettings>, boolean]>([
    ['another kind first', { nameIds: ['persistent', 'transient'] }, true],
    ['the attribute instead of a pseudonym', { nameIdFrom: 'staffNumber' }, true],
    ['one kind more', { nameIds: ['transient', 'persistent', 'unspecified'] }, false],
    ['another address', { consumers: [{ url: 'https://sp.example/acs', binding: 'post', index: 0 }] }, false],
  ])('says whether people are known otherwise from now on: %s', (_what, change, isTold) => {
    const all = told(settings(), settings(change));
    expect(all.some((one) => one.includes('known there by another NameID'))).toBe(isTold);
    expect(told(undefined, settings(change))).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ['a slash', `${name}/`, true],
    ['letter case', 'https://SP.example/Shibboleth', true],
    ['nothing: that is refused elsewhere', name, false],
    ['a letter', 'https://sp.example/shibboleth2', false],
  ])('says that another is called nearly so, where the difference is %s', (_what, entityId, isTold) => {
    const others = [{ id: 'other', entityId }];
    expect(told(undefined, settings(), others).some((one) => one.includes('is it the same service?'))).toBe(isTold);
    expect(told(settings(), settings({ signs: 'assertion' }), others)).toEqual([]);
  });
});
