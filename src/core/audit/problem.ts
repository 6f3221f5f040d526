/** What the verifier can find. Each names the place, so that an operator knows where to look in a backup. */
export type AuditProblem =
  /** The event is there, but not as it was sealed. */
  | { readonly kind: 'event.changed'; readonly batch: number; readonly eventId: string }
  | { readonly kind: 'event.removed'; readonly batch: number; readonly eventId: string }
  /** Never sealed, yet not waiting to be: `batch` is what the event claims. */
  | { readonly kind: 'event.inserted'; readonly batch: number; readonly eventId: string }
  /** Unchanged, but at another place than where it was sealed: in batch `foundIn`, or elsewhere within its own. */
  | { readonly kind: 'event.reordered'; readonly batch: number; readonly eventId: string; readonly foundIn: number }
  | { readonly kind: 'batch.changed'; readonly batch: number }
  | { readonly kind: 'batch.missing'; readonly batch: number; readonly through: number }
  /** Sound in itself, but not the one that the batch after it was chained to. */
  | { readonly kind: 'batch.unchained'; readonly batch: number }
  | { readonly kind: 'batch.inserted'; readonly id: string }
  | { readonly kind: 'checkpoint.forged'; readonly checkpoint: number }
  | { readonly kind: 'checkpoint.unknown_key'; readonly checkpoint: number; readonly keyId: string }
  /** Truly signed, but the batch has another hash now. */
  | { readonly kind: 'checkpoint.contradicted'; readonly checkpoint: number; readonly batch: number }
  | { readonly kind: 'checkpoint.missing'; readonly checkpoint: number; readonly through: number }
  | { readonly kind: 'checkpoint.inserted'; readonly id: string }
  | { readonly kind: 'head.missing' }
  /** It does not say what the last batch and the last checkpoint say. */
  | { readonly kind: 'head.changed' }
  /** The chain was longer when the log heard of it. */
  | { readonly kind: 'tail.truncated'; readonly known: number; readonly found: number }
  /** As long as the log knows it, but not the same chain. */
  | { readonly kind: 'chain.rewritten'; readonly batch: number };
