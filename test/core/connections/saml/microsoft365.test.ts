/** Field by field what reference pages of Microsoft demand of a SAML 2.0 identity provider, and what the university adds. */
import { describe, expect, it } from '@jest/globals';
import { exportConnections } from '../../../../src/core/connections/export-document.ts';
import { complaints, entryOf, facts, notesOf, settingsOf, type Wishes } from './stage.ts';

const multipleAuthn = 'http://schemas.microsoft.com/claims/multipleauthn';
const saml = { preset: 'microsoft365', nameIdFrom: 'staffNumber', pinnedKey: 'saml-signing-rs256-1' };
const kumoi = { release: [{ attribute: 'mail', required: true }], consent: 'none' };
const trusting = { ...kumoi, requiredLevel: 'mfa', trustedBrowser: 'policy' };
const wishes = (change: object = {}, connection: object = kumoi): Wishes => ({
  saml: { ...saml, ...change },
  connection,
});

describe('the preset microsoft365', () => {
  it('is a whole connection with an immutable identifier, a user name and a pinned key', () => {
    expect(settingsOf(wishes())).toEqual({
      preset: 'microsoft365',
      entityId: 'urn:federation:MicrosoftOnline',
      consumers: [{ url: 'https://login.microsoftonline.com/login.srf', binding: 'post', index: 0, isDefault: true }],
      logout: [],
      signingCertificates: [],
      encryptionCertificates: [],
      // Usually unsigned; signed only where isSignedAuthenticationRequestRequired is set there.
      requests: 'any',
      signs: 'assertion',
      signatureAlgorithm: 'rsa-sha256',
      encrypts: 'never',
      cipher: 'aes256-gcm',
      nameIds: ['persistent'],
      nameIdFrom: 'staffNumber',
      subjectIdentifier: 'none',
      mayBeUnsolicited: false,
      attributeNames: { mail: 'IDPEmail' },
      contexts: ['urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport', multipleAuthn],
      pinnedKey: 'saml-signing-rs256-1',
    });
  });

  it.each([
    ['entityId', 'urn:other'],
    ['consumers', [{ url: 'https://login.example/login.srf' }]],
    ['signs', 'response'],
    ['signs', 'both'],
    ['signatureAlgorithm', 'ecdsa-sha256'],
    ['encrypts', 'when-possible'],
    ['nameIds', ['transient']],
    ['subjectIdentifier', 'pairwise-id'],
    ['mayBeUnsolicited', true],
    ['attributeNames', { mail: 'mail' }],
    ['contexts', ['https://refeds.org/profile/mfa']],
  ])('lets nobody change %s', (field, value) => {
    expect(complaints(wishes({ [field]: value }))).toContainEqual(
      expect.stringMatching(new RegExp(`^saml\\.${field}: is fixed by the preset microsoft365: `)),
    );
  });

  it.each([
    ['an identifier that never changes', { nameIdFrom: undefined }, kumoi, /^saml\.nameIdFrom: is missing/],
    ['a pinned key', { pinnedKey: undefined }, kumoi, /^saml\.pinnedKey: is missing/],
    ['an attribute', {}, { ...kumoi, release: [] }, /^release: must be one attribute, required/],
    [
      'one attribute alone',
      {},
      { ...kumoi, release: [...kumoi.release, { attribute: 'displayName', required: true }] },
      /^release: must be one attribute, required/,
    ],
    [
      'an attribute that nobody withholds',
      {},
      { ...kumoi, release: [{ attribute: 'mail', required: false }] },
      /^release: must be one attribute, required/,
    ],
    [
      'its own word for two factors',
      { tellsTrustedBrowserAs: 'https://refeds.org/profile/mfa' },
      trusting,
      /^saml\.tellsTrustedBrowserAs: can only be http:\/\/schemas\.microsoft\.com\/claims\/multipleauthn/,
    ],
  ])('wants %s', (_, change, connection, words) => {
    const written = Object.fromEntries(
      Object.entries({ ...saml, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(complaints({ saml: written, connection })).toEqual([expect.stringMatching(words)]);
  });

  it('takes an issuer for each domain of the tenant', () => {
    const issuerByDomain = { 'st.kyoto-u.ac.jp': 'urn:kyoto:st', 'kyoto-u.ac.jp': 'urn:kyoto' };
    expect(settingsOf(wishes({ issuerByDomain })).issuerByDomain).toEqual(issuerByDomain);
  });

  it('takes only the logout and the certificates from metadata, which says what Microsoft does not keep to', () => {
    const said = {
      ...facts,
      entityId: 'urn:federation:MicrosoftOnline',
      wantsSignedAssertions: true,
      nameIds: ['unspecified'] as const,
      logout: [{ binding: 'post', url: 'https://login.microsoftonline.com/login.srf' }] as const,
    };
    const read = settingsOf({ ...wishes({ metadata: 'sp.xml' }), facts: said });
    expect(read).toMatchObject({ signs: 'assertion', nameIds: ['persistent'], logout: said.logout });
  });

  it('tells a trusted browser as two factors only when the switch is written, and says what that means', () => {
    expect(settingsOf(wishes({}, trusting)).tellsTrustedBrowserAs).toBeUndefined();
    const told = wishes({ tellsTrustedBrowserAs: multipleAuthn }, trusting);
    expect(settingsOf(told).tellsTrustedBrowserAs).toBe(multipleAuthn);
    expect(notesOf(told)).toContainEqual(
      expect.stringMatching(/^saml\.tellsTrustedBrowserAs: .*whoever takes over such a browser/),
    );
    expect(notesOf(wishes({}, trusting)).join()).not.toContain('tellsTrustedBrowserAs');
  });

  it('is exported as a document that is accepted again, and settles to the same', () => {
    const entry = entryOf(wishes());
    const { listed: isListed = true, oidc: _none, ...rest } = entry ?? {};
    const record = { ...rest, isListed, state: 'active', createdAt: 0, changedAt: 0, entityId: entry?.saml?.entityId };
    const document = exportConnections([record as unknown as Parameters<typeof exportConnections>[0][number]], 0) as {
      connections: readonly [{ saml: object }];
    };
    const exported = document.connections[0].saml;
    expect(settingsOf({ saml: exported, connection: kumoi })).toEqual(entry?.saml);
  });
});
