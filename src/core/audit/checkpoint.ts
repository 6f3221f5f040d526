/**
 * A signed word about the chain: "batch n has this hash, and events up to batch m may be gone". Whoever can write to the
 * store can rebuild the chain, but cannot sign it; and a checkpoint that was also logged elsewhere shows a tail cut off.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Instant } from '../../base/clock.ts';
import { type Collection, insert, replace } from '../../store/port.ts';
import { activeKey, type OpenedKey } from '../keys/ring.ts';
import type { World } from '../world.ts';
import { storedContent } from './batch.ts';
import { type AuditHead, auditHead, readHead } from './head.ts';
import { type Numbered, numberedId } from './numbered.ts';

export interface AuditCheckpoint extends Numbered {
  readonly batch: number;
  readonly hash: string;
  readonly prunedThrough: number;
  readonly at: Instant;
  readonly keyId: string;
  /** Ed25519, base64url, over `checkpointText`. */
  readonly signature: string;
}

export const auditCheckpoints: Collection<AuditCheckpoint> = {
  name: 'auditCheckpoints',
  indexes: [{ name: 'byNumber', fields: ['number'], unique: true }],
};

export interface CheckpointPolicy {
  /** A checkpoint after this many batches, */
  readonly batches: number;
  /** or after this many milliseconds, if anything was sealed. */
  readonly interval: number;
}

export function isCheckpointDue(head: AuditHead, now: Instant, policy: CheckpointPolicy): boolean {
  const waiting = head.number - head.signedThrough;
  // A clock set back must not put off the next checkpoint by as much.
  return waiting > 0 && (waiting >= policy.batches || now < head.signedAt || now - head.signedAt >= policy.interval);
}

function checkpointText(checkpoint: Omit<AuditCheckpoint, 'signature'>): Buffer {
  const { signature: _signature, ...content } = storedContent(checkpoint) as AuditCheckpoint;
  return Buffer.from(`sekisho audit checkpoint 1\n${canonicalJson(content)}`);
}

export const isSignedBy = (key: KeyObject, checkpoint: AuditCheckpoint): boolean =>
  typeof checkpoint.signature === 'string' &&
  verify(null, checkpointText(checkpoint), key, Buffer.from(checkpoint.signature, 'base64url'));

/**
 * Signs where the chain stands, for the store and for the caller to log. Undefined when there is nothing new to say.
 * `prunedThrough` moves the horizon of retention (prune.ts).
 * @throws DomainError `store.conflict` when the chain moved meanwhile or the lease has moved.
 */
export async function signCheckpoint(
  { store, clock }: World,
  ring: readonly OpenedKey[],
  prunedThrough = 0,
): Promise<AuditCheckpoint | undefined> {
  const head = await readHead(store);
  if (!head || (head.signedThrough === head.number && prunedThrough <= head.prunedThrough)) return undefined;
  const key = activeKey(ring, 'audit-signing');
  const number = head.checkpoint + 1;
  const content: Omit<AuditCheckpoint, 'signature'> = {
    id: numberedId(number),
    number,
    batch: head.number,
    hash: head.hash,
    prunedThrough: Math.max(head.prunedThrough, prunedThrough),
    at: clock.now(),
    keyId: key.id,
  };
  const signature = sign(null, checkpointText(content), key.key).toString('base64url');
  const checkpoint: AuditCheckpoint = { ...content, signature };
  const signed = { checkpoint: number, signedThrough: head.number, signedAt: content.at };
  await store.commit([
    replace(auditHead, { ...head, ...signed, prunedThrough: content.prunedThrough }),
    insert(auditCheckpoints, checkpoint),
  ]);
  return checkpoint;
}
