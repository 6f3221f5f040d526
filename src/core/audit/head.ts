/**
 * Where the chain ends. Only the sealer writes it, by compare-and-swap: no event waits for it, and two sealers cannot both
 * append. It proves nothing by itself; the verifier holds it against batches and checkpoints.
 */
import type { Instant } from '../../base/clock.ts';
import type { Collection, Store, Stored } from '../../store/port.ts';

export interface AuditHead {
  readonly id: 'head';
  /** Number and hash of the last batch. */
  readonly number: number;
  readonly hash: string;
  /** The last checkpoint, the batch that it signed, and when; all 0 before the first. */
  readonly checkpoint: number;
  readonly signedThrough: number;
  readonly signedAt: Instant;
  /** Events of batches up to this one may be gone: they were older than the retention time. */
  readonly prunedThrough: number;
}

export const auditHead: Collection<AuditHead> = { name: 'auditHead', indexes: [] };

export const readHead = (store: Store): Promise<Stored<AuditHead> | undefined> => store.get(auditHead, 'head');
