/** One turn of the sealing job: seals what waits, and signs when a checkpoint is due. */
import type { OpenedKey } from '../keys/ring.ts';
import type { World } from '../world.ts';
import { type AuditCheckpoint, type CheckpointPolicy, isCheckpointDue, signCheckpoint } from './checkpoint.ts';
import { readHead } from './head.ts';
import { sealNext } from './seal.ts';

export interface SealPolicy extends CheckpointPolicy {
  /** Events in a batch. A batch is one transaction, so its size is also how long other writes may wait. */
  readonly limit: number;
  /** Batches in a turn: a long backlog is worked off over several. */
  readonly rounds: number;
}

export interface SealTurn {
  readonly events: number;
  /** False when the turn ended with events still waiting. */
  readonly isDone: boolean;
  /** To be logged: what the log knows cannot be cut off unseen. */
  readonly checkpoint?: AuditCheckpoint;
}

/** @throws DomainError `store.conflict` or `store.duplicate` when another sealer was first or the lease has moved. */
export async function keepSealed(world: World, ring: readonly OpenedKey[], policy: SealPolicy): Promise<SealTurn> {
  let events = 0;
  let isDone = false;
  for (let round = 0; round < policy.rounds && !isDone; round += 1) {
    const batch = await sealNext(world, policy.limit);
    events += batch?.count ?? 0;
    isDone = (batch?.count ?? 0) < policy.limit;
  }
  const head = await readHead(world.store);
  const isDue = head !== undefined && isCheckpointDue(head, world.clock.now(), policy);
  const checkpoint = isDue ? await signCheckpoint(world, ring) : undefined;
  return { events, isDone, ...(checkpoint ? { checkpoint } : {}) };
}
