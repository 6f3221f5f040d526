/**
 * A batch: the digests of some events in their order, and the hash of the batch before it. It outlives its events, so that
 * the chain stays provable when they are removed. How digest and hash are made is documented in docs/decisions/0006:
 * programs that share nothing with this one verify an export with it.
 */

import { canonicalJson } from '../../base/canonical-json.ts';
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import type { Collection, StoredRecord } from '../../store/port.ts';
import type { AuditEvent } from './event.ts';
import type { Numbered } from './numbered.ts';

export interface BatchEntry {
  readonly id: string;
  readonly digest: string;
}

export interface AuditBatch extends Numbered {
  readonly sealedAt: Instant;
  /** The earliest and the latest time among its events. */
  readonly from: Instant;
  readonly to: Instant;
  readonly count: number;
  /** By time, then by id. */
  readonly entries: readonly BatchEntry[];
  /** The hash of the batch before; `noHash` in the first. */
  readonly previous: string;
  readonly hash: string;
}

export const noHash = '';

export const auditBatches: Collection<AuditBatch> = {
  name: 'auditBatches',
  indexes: [{ name: 'byNumber', fields: ['number'], unique: true }],
};

/** Everything in the record but where it was sealed and how often it was written: also what nobody ought to have added. */
export function sealedContent(event: AuditEvent): Omit<AuditEvent, 'batch'> {
  const { batch: _batch, version: _version, ...content } = event as AuditEvent & { readonly version?: number };
  return content;
}

// Each text begins with its purpose, so that a digest made for one can never be shown as another's.
export const eventDigest = (event: AuditEvent): string =>
  digestOf(`sekisho audit event 1\n${canonicalJson(sealedContent(event))}`);

export function batchHash(batch: Omit<AuditBatch, 'hash'>): string {
  const { hash: _hash, ...content } = storedContent(batch) as AuditBatch;
  return digestOf(`sekisho audit batch 1\n${canonicalJson(content)}`);
}

/** The hash that it shows and the one that it has: who changed only one of them is found by the other. */
export const hashesOf = (batch: AuditBatch): readonly string[] => [batch.hash, batchHash(batch)];

/** The record without the version that the store gave it. */
export function storedContent<T extends StoredRecord>(record: T): T {
  const { version: _version, ...content } = record as T & { readonly version?: number };
  return content as unknown as T;
}
