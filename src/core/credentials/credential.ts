/**
 * One factor of an account, as it is stored. A closed union; what can be copied out of the store opens nothing: hashes,
 * MACs, sealed secrets and public keys.
 */
import type { Instant } from '../../base/clock.ts';
import type { Collection, Store, Stored } from '../../store/port.ts';
import type { FactorKind } from './factor-use.ts';
import type { PasswordPreset } from './password-rule.ts';

interface Held<Kind extends FactorKind> {
  readonly id: string;
  readonly accountId: string;
  readonly kind: Kind;
  readonly lastUsedAt?: Instant;
}

/** Of those an account may hold several, and gives each a name. */
interface Named {
  readonly name: string;
  readonly addedAt: Instant;
}

export interface PasswordCredential extends Held<'password'> {
  /** `<account id>:password`: an account has one. */
  readonly id: string;
  readonly hash: string;
  /** The rule under which it was set: what the password proves depends on it (assurance.ts). */
  readonly preset: PasswordPreset;
  readonly setAt: Instant;
  /** Absent until somebody signs in with it. */
  readonly firstUsedAt?: Instant;
  /** Random, another at each setting: what was proven with an older password proves nothing any more. */
  readonly edition: string;
}

export interface TotpCredential extends Held<'totp'>, Named {
  /** RFC 6238: SHA-1, 6 digits, 30 seconds. 160 bits, sealed under this record's id. */
  readonly sealedSecret: string;
  /** The time step of the last code that was accepted: this one and all before it are used up. */
  readonly lastStep: number;
}

/** A notification address: codes go there. */
export interface MailCredential extends Held<'mail-code'>, Named {
  readonly address: string;
}

export interface PasskeyCredential extends Held<'passkey'>, Named {
  /** As the authenticator names it, in base64url; unique over all accounts (Web Authentication 3, 7.1). */
  readonly webauthnId: string;
  /** COSE key in base64url. */
  readonly publicKey: string;
  readonly signatureCount: number;
  readonly transports: readonly string[];
  readonly aaguid: string;
  readonly isBackupEligible: boolean;
  readonly isBackedUp: boolean;
  /** The form of the statement of its product; `none` for most, `self` where it vouches for itself. */
  readonly attestation: string;
  /** When it was made, a maker that the university believes said which product it is (passkey-makers.ts). */
  readonly isVouched?: true;
}

/** All codes of an account in one record `<account id>:recovery-codes`, so that each is used once, by compare-and-swap. */
export interface RecoveryCodes extends Held<'recovery-code'> {
  readonly madeAt: Instant;
  /** HMACs of those not yet used. */
  readonly codes: readonly string[];
}

/** `<account id>:temporary-pass`, given to somebody whom a desk has seen. */
export interface TemporaryPass extends Held<'temporary-pass'> {
  readonly mac: string;
  readonly givenAt: Instant;
  /** The operator or the desk's clerk. */
  readonly givenBy: string;
  readonly expiresAt: Instant;
}

export interface CertificateCredential extends Held<'certificate'>, Named {
  /** RFC 4514 text of subject and issuer, and the serial number in hexadecimal. */
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** SHA-256 of the certificate, base64url. */
  readonly digest: string;
  /** Its own end. */
  readonly expiresAt: Instant;
}

export type Credential =
  | PasswordCredential
  | TotpCredential
  | MailCredential
  | PasskeyCredential
  | RecoveryCodes
  | TemporaryPass
  | CertificateCredential;

export type CredentialOf<Kind extends FactorKind> = Extract<Credential, { readonly kind: Kind }>;

export const credentials: Collection<Credential> = {
  name: 'credentials',
  indexes: [
    { name: 'byAccount', fields: ['accountId', 'kind'] },
    { name: 'byWebauthnId', fields: ['webauthnId'], unique: true },
    // Those that a change of the master key has to reach; the others lack the field.
    { name: 'bySealedSecret', fields: ['sealedSecret'] },
  ],
};

export const passwordId = (accountId: string): string => `${accountId}:password`;

export async function passwordOf(store: Store, accountId: string): Promise<Stored<PasswordCredential> | undefined> {
  const found = await store.get(credentials, passwordId(accountId));
  return found?.kind === 'password' ? found : undefined;
}

/** All that an account holds. */
export async function credentialsOf(store: Store, accountId: string): Promise<readonly Stored<Credential>[]> {
  const page = await store.find(credentials, { index: 'byAccount', equals: [accountId], limit: 1000 });
  return page.records;
}
