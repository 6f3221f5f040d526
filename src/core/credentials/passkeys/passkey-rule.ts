/** For which site passkeys are made, and which are taken; from configuration. */
import type { PasskeyMakers } from './passkey-makers.ts';

export interface PasskeyRule {
  /** Passkeys belong to this host name for good (Web Authentication 3, 5.1.2 "RP ID"): with another they are all lost. */
  readonly site: string;
  /** On whose pages one may be used. */
  readonly origins: readonly string[];
  /** `required`: a passkey must say, in a statement that is checked, from which product it is. */
  readonly attestation: 'none' | 'required';
  /** Who may vouch for a product, where one is required; without them a certificate is looked at by itself. */
  readonly makers?: PasskeyMakers;
  /** AAGUIDs; where there are any, no others are registered. */
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}
