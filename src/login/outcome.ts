/** How a login ends. A refusal is an outcome, not an error. */

export const denialReasons = [
  'cancelled',
  'terms_declined',
  'release_denied',
  'connection_suspended',
  'suspended',
  'expired',
  'other_account',
  'level_unreachable',
  'not_for_you',
] as const;
export type DenialReason = (typeof denialReasons)[number];

export type Outcome =
  | { readonly kind: 'granted'; readonly sessionId: string; readonly accountId: string }
  | { readonly kind: 'denied'; readonly reason: DenialReason; readonly accountId?: string };
