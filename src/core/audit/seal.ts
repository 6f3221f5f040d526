/**
 * Seals events into the chain, batch by batch. Events carry their own mark (`batch`, 0 until sealed) in an index, so that
 * finding them asks nothing of clocks: an event that a slow node dates back still turns up. One commit writes the batch,
 * moves the head and marks the events, each by the version that was read: all of it or nothing, and never twice.
 */
import { insert, replace, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import { adoptUnmarked } from './adopt.ts';
import { type AuditBatch, auditBatches, batchHash, eventDigest, noHash } from './batch.ts';
import { auditEvents, unsealed } from './event.ts';
import { type AuditHead, auditHead, readHead } from './head.ts';
import { numberedId } from './numbered.ts';

/** The store answers no more records at once, and the verifier holds one batch in memory. */
const largestBatch = 1_000;

/**
 * The next batch, or undefined when there is nothing to seal. `world` is that of a job's turn, whose store refuses what a
 * sealer without its lease commits; the chain would stay whole even so.
 * @throws DomainError `store.conflict` or `store.duplicate` when another sealer was first or the lease has moved.
 */
export async function sealNext(world: World, limit: number): Promise<AuditBatch | undefined> {
  const { store, clock } = world;
  const head = await readHead(store);
  if (!head) await adoptUnmarked(world);
  const { records: events } = await store.find(auditEvents, {
    index: 'byBatch',
    equals: [unsealed],
    limit: Math.min(limit, largestBatch),
  });
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return undefined;
  const number = (head?.number ?? 0) + 1;
  const sealedAt = clock.now();
  const content: Omit<AuditBatch, 'hash'> = {
    id: numberedId(number),
    number,
    sealedAt,
    from: first.at,
    to: last.at,
    count: events.length,
    entries: events.map((event) => ({ id: event.id, digest: eventDigest(event) })),
    previous: head?.hash ?? noHash,
  };
  const batch: AuditBatch = { ...content, hash: batchHash(content) };
  const moved = { number, hash: batch.hash };
  const begun: AuditHead = {
    id: 'head',
    ...moved,
    checkpoint: 0,
    signedThrough: 0,
    signedAt: 0,
    prunedThrough: 0,
  };
  const moveHead: Write = head ? replace(auditHead, { ...head, ...moved }) : insert(auditHead, begun);
  await store.commit([
    moveHead,
    insert(auditBatches, batch),
    ...events.map((event) => replace(auditEvents, { ...event, batch: number })),
  ]);
  return batch;
}
