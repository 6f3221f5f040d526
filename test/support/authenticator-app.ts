/** An authenticator app, as somebody carries it: it was given a secret once and shows a code for every moment. */
import { generateSync } from 'otplib';
import { systemIds } from '../../src/base/ids.ts';
import type { TotpCredential } from '../../src/core/credentials/credential.ts';
import type { MasterKey } from '../../src/core/keys/master-key.ts';
import { seal } from '../../src/core/keys/seal.ts';

export interface AuthenticatorApp {
  /** Six digits, at an instant. */
  codeAt(instant: number): string;
}

/** `secret` in base32, spaces allowed as people type them, or as bytes. */
export function authenticatorApp(secret: string | Uint8Array): AuthenticatorApp {
  const known = typeof secret === 'string' ? secret.replaceAll(' ', '') : secret;
  return { codeAt: (instant) => generateSync({ secret: known, epoch: Math.floor(instant / 1000) }) };
}

/** Of the test vectors of RFC 6238, appendix B. */
export const sampleSecret = Buffer.from('12345678901234567890');

/** As an account holds it that was set up a while ago. */
export const heldApp = (
  masterKey: MasterKey,
  accountId: string,
  wishes: Partial<TotpCredential> & { readonly secret?: Buffer } = {},
): TotpCredential => {
  const { secret = sampleSecret, id = 'totp-1', ...rest } = wishes;
  return {
    id,
    accountId,
    kind: 'totp',
    name: 'My phone',
    addedAt: 0,
    sealedSecret: seal(masterKey, 'factors', systemIds, id, secret),
    lastStep: 0,
    ...rest,
  };
};
