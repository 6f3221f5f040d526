/** A factor that was used, when, and what is known of the very authenticator: what it proves is judged by assurance.ts. */
import type { Instant } from '../../base/clock.ts';
import type { PasswordPreset } from './password-rule.ts';

interface Used {
  readonly at: Instant;
}

/** The record in `credentials` that answered: where it is gone, an attempt that relies on it has proven nothing by it. */
interface UsedCredential extends Used {
  readonly credentialId: string;
}

export type FactorUse =
  /** The rule under which the password was set decides whether it makes `sfa` true. */
  | ({ readonly kind: 'password'; readonly preset: PasswordPreset } & Used)
  | ({ readonly kind: 'totp' } & UsedCredential)
  | ({ readonly kind: 'mail-code' } & UsedCredential)
  | ({
      readonly kind: 'passkey';
      /** The authenticator has checked its owner (Web Authentication 3, 6.1: UV). */
      readonly userVerified: boolean;
      /** It may live on several devices (BE), so its key is no hardware of this person's alone. */
      readonly isSynced: boolean;
      /** Names the product; zeros where it does not say. */
      readonly aaguid: string;
    } & UsedCredential)
  | ({ readonly kind: 'recovery-code' } & UsedCredential)
  | ({ readonly kind: 'temporary-pass' } & UsedCredential)
  | ({ readonly kind: 'certificate' } & UsedCredential);

export type FactorKind = FactorUse['kind'];
export type SecondFactorKind = Exclude<FactorKind, 'password'>;

/** It stands in for a factor that was there, or will be; by itself it is none. */
export const isStandIn = (kind: FactorKind): boolean => kind === 'recovery-code' || kind === 'temporary-pass';

export type UseOf<Kind extends FactorKind> = Extract<FactorUse, { readonly kind: Kind }>;
