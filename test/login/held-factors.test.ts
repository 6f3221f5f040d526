import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import { heldFactors } from '../../src/login/held-factors.ts';
import { freshWorld } from '../core/fresh-world.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { startInstant } from '../core/sample-records.ts';
import { passkeyUse } from '../core/sample-uses.ts';

describe('the second factors that an account has', () => {
  const fresh = freshWorld();
  const held = () => heldFactors(fresh().world, 'account-1');

  it.each([
    [sampleCredential('totp'), { label: 'My phone' }],
    [sampleCredential('mail-code'), { label: 'h***@example.com' }],
    [sampleCredential('passkey'), { label: 'My laptop', potential: passkeyUse() }],
    [sampleCredential('certificate'), { label: 'UPKI' }],
    [sampleCredential('recovery-code'), {}],
    [sampleCredential('temporary-pass'), {}],
  ])('are told with what each would prove: $kind', async (credential, expected) => {
    await fresh().put(credentials, credential);
    const { id: credentialId, kind } = credential;
    const potential = { kind, at: startInstant, credentialId };
    expect(await held()).toEqual([{ kind, credentialId, potential, ...expected }]);
  });

  it('carry when they were last used', async () => {
    await fresh().put(credentials, sampleCredential('totp', { lastUsedAt: 7 }));
    expect(await held()).toEqual([expect.objectContaining({ lastUsedAt: 7 })]);
  });

  it.each([
    [
      'a passkey that lives in one device',
      sampleCredential('passkey', { isBackupEligible: false }),
      { isSynced: false },
    ],
    [
      'one whose product is known',
      sampleCredential('passkey', { aaguid: 'a', attestation: 'packed', isVouched: true }),
      { aaguid: 'a' },
    ],
  ])('are judged by what is known of the very authenticator: %s', async (_what, credential, potential) => {
    await fresh().put(credentials, credential);
    expect(await held()).toMatchObject([{ potential }]);
  });

  it.each([
    ['recovery codes that are used up', sampleCredential('recovery-code', { codes: [] })],
    ['a pass that has expired', sampleCredential('temporary-pass', { expiresAt: startInstant })],
    ['a certificate that has expired', sampleCredential('certificate', { expiresAt: startInstant })],
    ['those of somebody else', sampleCredential('totp', { accountId: 'account-2' })],
  ])('are not %s', async (_what, credential) => {
    await fresh().put(credentials, credential);
    expect(await held()).toEqual([]);
  });
});
