import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../../src/config/schema.ts';
import type { SamlSettings } from '../../../src/core/connections/saml-settings.ts';
import { entityIdOf, issuerFor } from '../../../src/protocols/saml/issuer.ts';
import { sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';

const serviceWith = (saml: Partial<SamlSettings> = {}) => sampleSamlConnection({ saml });

const config = (entityId?: string) =>
  ({ server: { issuer: 'https://idp.example' }, saml: entityId === undefined ? {} : { entityId } }) as Config;

describe('issuerFor', () => {
  it('is the metadata’s address, unless configuration or the connection has another name', () => {
    expect(entityIdOf(config())).toBe('https://idp.example/saml/metadata');
    expect(entityIdOf(config('https://old.example/idp'))).toBe('https://old.example/idp');
    expect(issuerFor(config(), serviceWith())).toBe('https://idp.example/saml/metadata');
    expect(issuerFor(config(), serviceWith({ issuer: 'urn:one' }))).toBe('urn:one');
  });

  it('goes by the domain of the person’s mail where the connection has several, whatever its letters', () => {
    const connection = serviceWith({ issuer: 'urn:one', issuerByDomain: { 'st.kyoto-u.ac.jp': 'urn:st' } });
    const issuerOf = (universityMail?: string) =>
      issuerFor(config(), connection, universityMail === undefined ? {} : { universityMail });
    expect(issuerOf('a@ST.kyoto-u.ac.jp')).toBe('urn:st');
    expect(issuerOf('a@kyoto-u.ac.jp')).toBe('urn:one');
    expect(issuerOf('a@constructor')).toBe('urn:one');
    expect(issuerOf()).toBe('urn:one');
  });
});
