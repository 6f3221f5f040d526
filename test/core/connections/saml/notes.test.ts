import { beforeAll, describe, expect, it } from '@jest/globals';
import { days } from '../../../../src/base/duration.ts';
import { makeCertificate, now } from '../../../protocols/saml/metadata/sample-metadata.ts';
import { facts, notesOf, plain, type Wishes } from './stage.ts';

const certificates = { strong: '', good: '', ended: '', early: '' };
beforeAll(async () => {
  const [strong, good, ended, early] = await Promise.all([
    makeCertificate({ bits: 3072 }),
    makeCertificate(),
    makeCertificate({ bits: 3072, at: now - days(800) }),
    makeCertificate({ bits: 3072, at: now + days(10) }),
  ]);
  Object.assign(certificates, { strong, good, ended, early });
});

const told = (wishes: Wishes): string => notesOf(wishes).join('\n');
const saml = (change: object): Wishes => ({ saml: { ...plain, ...change } });
const read = (change: object = {}, connection = {}): Wishes => ({
  saml: { metadata: 'sp.xml' },
  facts: { ...facts, ...change },
  connection,
});
const policy = { requiredLevel: 'mfa', trustedBrowser: 'policy' };

describe('an import tells', () => {
  it('what was read, from where, and why it is believed', () => {
    const self = { name: { en: 'Wiki' }, privacyUrl: { ja: 'https://sp.example.ac.jp/privacy' } };
    const text = told(read({ signingCertificates: [certificates.strong], entityCategories: ['urn:category'], self }));
    expect(text).toMatch(
      /^saml\.metadata: read: https:\/\/sp\.example\.ac\.jp\/shibboleth \(Wiki\); 1 address for responses; 1 address for logout; CN=sp\.example\.ac\.jp, SHA-256 [0-9A-F:]{95}, until 2027-04-10; entity categories urn:category; privacy statement https:\/\/sp\.example\.ac\.jp\/privacy; good until 2026-04-10; from the file sp\.xml, not signed$/m,
    );
  });

  const rows: readonly (readonly [string, () => Wishes, string])[] = [
    ['of metadata that never ends', () => read({ validUntil: undefined }), 'the metadata has no validUntil'],
    [
      'what the service requires and is not granted',
      () =>
        read({
          requestedAttributes: [{ name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail', isRequired: true }],
        }),
      'the service requires mail, which release does not grant',
    ],
    [
      'what the service asks for and nobody has',
      () => read({ requestedAttributes: [{ name: 'urn:shoe', friendlyName: 'shoeSize', isRequired: false }] }),
      'the service asks for urn:shoe (shoeSize), which is no attribute here',
    ],
    ['what the reader remarked', () => read({ remarks: ['it has an oddity'] }), 'saml.metadata: it has an oddity'],
    [
      'of a key below 3072 bits',
      () => saml({ signingCertificates: [certificates.good] }),
      'has an RSA key of 2048 bits; a new one should have 3072',
    ],
    [
      'of a certificate that has ended',
      () => saml({ signingCertificates: [certificates.ended] }),
      'it is used all the same, since only its key counts',
    ],
    [
      'of a certificate that has not begun',
      () => saml({ signingCertificates: [certificates.early] }),
      'begins on 2026-04-19; it is used all the same',
    ],
    [
      'of several certificates',
      () => saml({ signingCertificates: [certificates.strong, certificates.good] }),
      'there are 2; a signature by any of them is accepted',
    ],
    [
      'of several keys to encrypt to',
      () => saml({ encryptionCertificates: [certificates.strong, certificates.good] }),
      'there are 2; assertions are encrypted to the first',
    ],
    ['of assertions in the clear', () => saml({}), 'saml.encrypts: the service has no key for encryption'],
    [
      'of a key that is not used',
      () => saml({ encrypts: 'never', encryptionCertificates: [certificates.strong] }),
      'and it is not used',
    ],
    [
      'of an identifier that is the same everywhere, which metadata alone asks for',
      () => read({ subjectIdentifier: 'subject-id' }),
      'saml.subjectIdentifier: the service is told subject-id, one name of the person for all services: they can compare',
    ],
    ['of a service without a certificate', () => saml({}), 'saml.requests: the service has no certificate'],
    ['of a service that cannot be logged out', () => saml({}), 'saml.logout: there is no address for logout'],
    [
      'of an unprotected address',
      () => saml({ consumers: [{ url: 'http://localhost:3001/acs' }] }),
      'responses go to http://localhost:3001/acs unprotected',
    ],
    [
      'of ECDSA that our metadata does not name',
      () => saml({ signatureAlgorithm: 'ecdsa-sha256' }),
      'does not name the ECDSA certificate',
    ],
    [
      'of a pinned key that has retired',
      () => ({
        ...saml({ pinnedKey: 'old' }),
        surroundings: { keys: [{ id: 'old', algorithm: 'RS256', state: 'retiring' }] },
      }),
      'old signs for nobody else any more',
    ],
    [
      'the consequence of telling what is not true',
      () => ({ ...saml({ tellsTrustedBrowserAs: 'https://refeds.org/profile/mfa' }), connection: policy }),
      'saml.tellsTrustedBrowserAs: a login in which a trusted browser stood in for the second factor is told as https://refeds.org/profile/mfa',
    ],
  ];
  it.each(rows)('%s', (_name, wishes, words) => {
    expect(told(wishes())).toContain(words);
  });

  it('nothing of what is in order', () => {
    const logout = [{ binding: 'redirect', url: 'https://sp.example.ac.jp/slo' }];
    const held = [certificates.strong];
    expect(notesOf(saml({ logout, signingCertificates: held, encryptionCertificates: held }))).toEqual([]);
  });
});
