/** Factors of the sample account as they lie in the store; what is sealed or digested in them opens nothing. */
import { days } from '../../src/base/duration.ts';
import type { Credential, CredentialOf } from '../../src/core/credentials/credential.ts';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import { startInstant } from './sample-records.ts';

const accountId = 'account-1';
const named = { accountId, addedAt: startInstant - days(3) };

const samples: { readonly [K in SecondFactorKind]: CredentialOf<K> } = {
  totp: { ...named, id: 'totp-1', kind: 'totp', name: 'My phone', sealedSecret: 'sealed', lastStep: 0 },
  'mail-code': { ...named, id: 'mail-code-1', kind: 'mail-code', name: 'Home', address: 'hanako@example.com' },
  passkey: {
    ...named,
    id: 'passkey-1',
    kind: 'passkey',
    name: 'My laptop',
    webauthnId: 'webauthn-1',
    publicKey: 'key',
    signatureCount: 0,
    transports: [],
    aaguid: '00000000-0000-0000-0000-000000000000',
    isBackupEligible: true,
    isBackedUp: true,
    attestation: 'none',
  },
  'recovery-code': {
    id: `${accountId}:recovery-codes`,
    accountId,
    kind: 'recovery-code',
    madeAt: startInstant - days(3),
    codes: ['digest-1', 'digest-2'],
  },
  'temporary-pass': {
    id: `${accountId}:temporary-pass`,
    accountId,
    kind: 'temporary-pass',
    mac: 'mac',
    givenAt: startInstant - days(1),
    givenBy: 'desk',
    expiresAt: startInstant + days(1),
  },
  certificate: {
    ...named,
    id: 'certificate-1',
    kind: 'certificate',
    name: 'UPKI',
    subject: 'CN=Hanako',
    issuer: 'CN=UPKI',
    serial: '01',
    digest: 'digest-1',
    expiresAt: startInstant + days(1),
  },
};

export const sampleCredential = <K extends SecondFactorKind>(
  kind: K,
  wishes: Partial<CredentialOf<K>> = {},
): CredentialOf<K> & Credential => ({ ...samples[kind], ...wishes }) as CredentialOf<K> & Credential;
