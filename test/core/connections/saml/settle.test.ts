import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../protocols/saml/metadata/sample-metadata.ts';
import { complaints, facts, notesOf, settingsOf } from './stage.ts';

let certificate: string;
let onCurve: string;
beforeAll(async () => {
  [certificate, onCurve] = await Promise.all([makeCertificate(), makeCertificate({ algorithm: 'ES256' })]);
});

const saml = { metadata: 'sp.xml' };
const mail = { release: [{ attribute: 'mail', required: false }] };

describe('metadata of a service', () => {
  it('is all that a connection needs', () => {
    expect(settingsOf({ saml, facts })).toMatchObject({
      entityId: facts.entityId,
      consumers: facts.consumers,
      logout: facts.logout,
      requests: 'any',
      signs: 'response',
    });
  });

  it('has both signed where the service wants its assertions signed, and requests signed where it says so', () => {
    const wishes = { ...facts, signingCertificates: [certificate], signsRequests: true, wantsSignedAssertions: true };
    expect(settingsOf({ saml, facts: wishes })).toMatchObject({ requests: 'signed', signs: 'both' });
  });

  it('gives way to what is written', () => {
    const written = { ...saml, signs: 'assertion', consumers: [{ url: 'https://new.example.ac.jp/acs', index: 4 }] };
    expect(settingsOf({ saml: written, facts })).toMatchObject({
      signs: 'assertion',
      consumers: [{ url: 'https://new.example.ac.jp/acs', binding: 'post', index: 4 }],
      logout: facts.logout,
    });
  });

  it('does not give the mail address away by asking for it as an identifier', () => {
    const asking = { ...facts, nameIds: ['email', 'transient'] as const };
    expect(settingsOf({ saml, facts: asking }).nameIds).toEqual(['transient']);
    expect(notesOf({ saml, facts: asking })).toContainEqual(
      expect.stringMatching(/^saml\.nameIds: .* is not granted mail$/),
    );
    expect(settingsOf({ saml, facts: asking, connection: mail }).nameIds).toEqual(['email', 'transient']);
  });

  it('has a key left out to which nothing can be encrypted', () => {
    const both = { ...facts, encryptionCertificates: [onCurve, certificate] };
    expect(settingsOf({ saml, facts: both }).encryptionCertificates).toEqual([certificate]);
    expect(notesOf({ saml, facts: both })).toContainEqual(
      expect.stringContaining('only RSA keys can be encrypted to; it is left out'),
    );
  });

  it.each([
    [
      'that of another service',
      { ...saml, entityId: 'urn:other' },
      facts,
      /is that of https:\/\/sp.*, not of urn:other/,
    ],
    ['out of date', saml, { ...facts, validUntil: 1 }, /is out of date since 1970/],
    [
      'without an address that can be used',
      saml,
      { ...facts, consumers: [] },
      /no address that takes responses by POST or artifact/,
    ],
  ])('is refused when it is %s', (_, written, said, words) => {
    // A document chooses by entityId, so that metadata of another name was read under its own key.
    const found = complaints({ saml: written, facts: said });
    expect(found.join('\n')).toMatch(/^saml\.metadata: /);
    if (!('entityId' in written)) expect(found).toEqual([expect.stringMatching(words)]);
  });
});
