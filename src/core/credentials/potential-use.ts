import type { Instant } from '../../base/clock.ts';
import type { Credential } from './credential.ts';
import type { FactorUse } from './factor-use.ts';
import { attestedProduct } from './passkeys/passkey-held.ts';

/** What a second factor would prove if it were used now; undefined for one that could not be, and for the password. */
export function potentialUse(credential: Credential, at: Instant): FactorUse | undefined {
  const used = { at, credentialId: credential.id };
  switch (credential.kind) {
    case 'password':
      return undefined;
    case 'totp':
    case 'mail-code':
      return { kind: credential.kind, ...used };
    case 'passkey': {
      const aaguid = attestedProduct(credential);
      // Ours are made with verification required; one that does not verify after all is judged when it has been used.
      return { kind: 'passkey', ...used, userVerified: true, isSynced: credential.isBackupEligible, aaguid };
    }
    case 'recovery-code':
      return credential.codes.length > 0 ? { kind: 'recovery-code', ...used } : undefined;
    case 'temporary-pass':
      return credential.expiresAt > at ? { kind: 'temporary-pass', ...used } : undefined;
    case 'certificate':
      return credential.expiresAt > at ? { kind: 'certificate', ...used } : undefined;
  }
}
