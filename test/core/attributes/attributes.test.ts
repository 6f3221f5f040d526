import { describe, expect, it } from '@jest/globals';
import { attributePresetNames, definitionsOf } from '../../../src/core/attributes/attributes.ts';
import type { AttributeDefinition } from '../../../src/core/attributes/definition.ts';
import { sampleSamlConnection } from '../connections/sample-saml-connection.ts';
import { sampleAccount, sampleConnection, samplePerson, startInstant } from '../sample-records.ts';
import { sampleAttributes } from './sample-attributes.ts';

const label = { ja: '部屋', en: 'Room' };
const own: AttributeDefinition = { source: 'constant', label, values: ['E-1'] };

describe('definitionsOf', () => {
  it('has what the presets have, and the university’s own beside them', () => {
    const definitions = definitionsOf(['schac'], { room: own });
    expect([...definitions.keys()]).toEqual(['homeOrganization', 'room']);
  });

  it('lets the university’s own stand in the place of one of a preset', () => {
    expect(definitionsOf(attributePresetNames, { mail: own }).get('mail')).toEqual(own);
  });

  it('knows nothing that nobody defined, by whichever name', () => {
    const definitions = definitionsOf([], {});
    expect(['mail', 'constructor', '__proto__'].map((name) => definitions.get(name))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('sourceOf', () => {
  const subject = { person: samplePerson(), account: sampleAccount() };
  const reading = { now: startInstant, locale: 'ja' } as const;

  it('reads for a service by SAML in Latin letters, and for it alone', () => {
    const source = sampleAttributes().sourceOf(subject, { ...reading, connection: sampleSamlConnection() });
    expect(source).toMatchObject({
      locale: 'en',
      pageLocale: 'ja',
      place: 'saml https://sp.example/shibboleth',
      scope: 'kyoto-u.ac.jp',
    });
  });

  it('reads for a service by OpenID Connect in the language of the pages', () => {
    const source = sampleAttributes().sourceOf(subject, { ...reading, connection: sampleConnection() });
    expect(source).toMatchObject({ locale: 'ja', pageLocale: 'ja' });
    expect(source).not.toHaveProperty('place');
  });
});
