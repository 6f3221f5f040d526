/** How a login ends. A refusal is an outcome, not an error. */
import type { FactorUse } from '../core/credentials/factor-use.ts';

export const denialReasons = [
  'cancelled',
  'terms_declined',
  'release_denied',
  'connection_suspended',
  'suspended',
  'expired',
  'other_account',
  'level_unreachable',
  'enrolment_closed',
  'not_for_you',
] as const;
export type DenialReason = (typeof denialReasons)[number];

export type Outcome =
  /** `factors` are those that count for this request: what is asserted of it relies on no others. */
  | {
      readonly kind: 'granted';
      readonly sessionId: string;
      readonly accountId: string;
      readonly factors: readonly FactorUse[];
      /** This browser stood in for a second factor (trust.ts). */
      readonly trustedBrowserId?: string;
    }
  | { readonly kind: 'denied'; readonly reason: DenialReason; readonly accountId?: string };
