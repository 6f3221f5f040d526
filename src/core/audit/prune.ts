/**
 * Retention: removes the events of old batches. First a checkpoint signs how far, then the events go, so that a node that
 * dies in between leaves what the next turn finishes. A batch that does not verify stops it: evidence is not cleared away.
 */
import type { Instant } from '../../base/clock.ts';
import { remove } from '../../store/port.ts';
import type { OpenedKey } from '../keys/ring.ts';
import type { World } from '../world.ts';
import { auditBatches, hashesOf, noHash } from './batch.ts';
import { type AuditCheckpoint, signCheckpoint } from './checkpoint.ts';
import { auditEvents } from './event.ts';
import { readHead } from './head.ts';
import { judgeBatch } from './judge-batch.ts';
import { numberedId } from './numbered.ts';

export interface Retention {
  /** Batches whose events all happened before go. */
  readonly before: Instant;
  /** At most so many batches in a turn. */
  readonly batches: number;
}

export interface PruneTurn {
  /** Events removed. */
  readonly events: number;
  /** False when there may be more to remove at once. */
  readonly isDone: boolean;
  /** The batch that does not verify, and beyond which nothing was removed. */
  readonly blockedAt?: number;
  /** To be logged. */
  readonly checkpoint?: AuditCheckpoint;
}

const removedAtOnce = 500;

/** @throws DomainError `store.conflict` when the chain moved meanwhile or the lease has moved. */
export async function pruneAudit(world: World, ring: readonly OpenedKey[], retention: Retention): Promise<PruneTurn> {
  const head = await readHead(world.store);
  if (!head) return { events: 0, isDone: true };
  const horizon = await findHorizon(world, head, retention);
  const checkpoint =
    horizon.through > head.prunedThrough ? await signCheckpoint(world, ring, horizon.through) : undefined;
  return {
    events: await removeThrough(world, horizon.through),
    isDone: horizon.isDone,
    ...(horizon.blockedAt === undefined ? {} : { blockedAt: horizon.blockedAt }),
    ...(checkpoint ? { checkpoint } : {}),
  };
}

interface Horizon {
  readonly through: number;
  readonly isDone: boolean;
  readonly blockedAt?: number;
}

async function findHorizon(
  world: World,
  head: { readonly number: number; readonly prunedThrough: number },
  { before, batches }: Retention,
): Promise<Horizon> {
  let through = head.prunedThrough;
  let last = through > 0 ? await world.store.get(auditBatches, numberedId(through)) : undefined;
  const limit = Math.min(head.number, through + batches);
  while (through < limit) {
    const number = through + 1;
    const batch = await world.store.get(auditBatches, numberedId(number));
    if (!batch) return { through, isDone: true, blockedAt: number };
    if (batch.to >= before) return { through, isDone: true };
    const previous = number === 1 ? [noHash] : last && hashesOf(last);
    const judged = judgeBatch(world, batch, { number, previous, isPruned: async () => false });
    if (!(await judged.next()).done) return { through, isDone: true, blockedAt: number };
    through = number;
    last = batch;
  }
  return { through, isDone: through === head.number };
}

async function removeThrough({ store }: World, through: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const query = { index: 'byBatch', from: 1, below: through + 1, limit: removedAtOnce };
    const { records } = await store.find(auditEvents, query);
    if (records.length === 0) return removed;
    await store.commit(records.map(({ id }) => remove(auditEvents, id)));
    removed += records.length;
  }
}
