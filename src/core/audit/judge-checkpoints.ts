/** Holds every checkpoint against the public keys and against the batch it signed. */
import type { KeyObject } from 'node:crypto';
import type { World } from '../world.ts';
import { auditBatches, hashesOf } from './batch.ts';
import { type AuditCheckpoint, auditCheckpoints, isSignedBy } from './checkpoint.ts';
import { highestNumber, numberedId, strayLinks, walkNumbered } from './numbered.ts';
import type { AuditProblem } from './problem.ts';

/** The public half of a key that signed checkpoints, also of one that has been retired since. */
export interface AuditKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface CheckpointCount {
  readonly checkpoints: number;
  /** The last one that is truly ours: only what is signed may excuse missing events. */
  readonly last: AuditCheckpoint | undefined;
}

export async function* judgeCheckpoints(
  world: World,
  keys: readonly AuditKey[],
  end: number,
): AsyncGenerator<AuditProblem, CheckpointCount> {
  let checkpoints = 0;
  let last: AuditCheckpoint | undefined;
  for await (const visit of walkNumbered(world.store, auditCheckpoints, 1, end)) {
    if (visit.kind === 'gap') {
      yield { kind: 'checkpoint.missing', checkpoint: visit.number, through: visit.through };
      continue;
    }
    checkpoints += 1;
    const problem = await judgeCheckpoint(world, keys, visit.number, visit.record);
    if (problem) yield problem;
    else last = visit.record;
  }
  const indexed = await world.store.count(auditCheckpoints, { index: 'byNumber' });
  if (indexed === checkpoints) return { checkpoints, last };
  const length = async () => end;
  for await (const id of strayLinks(world.store, auditCheckpoints, length)) yield { kind: 'checkpoint.inserted', id };
  return { checkpoints, last };
}

/**
 * The horizon of retention as signed after this checkpoint. Events may be pruned while the verifier walks, and that must
 * not look like theft.
 */
export async function horizonSince(world: World, keys: readonly AuditKey[], checkpoint: number): Promise<number> {
  let horizon = 0;
  const end = await highestNumber(world.store, auditCheckpoints);
  for await (const visit of walkNumbered(world.store, auditCheckpoints, checkpoint + 1, end)) {
    if (visit.kind === 'gap' || (await judgeCheckpoint(world, keys, visit.number, visit.record))) continue;
    horizon = Math.max(horizon, visit.record.prunedThrough);
  }
  return horizon;
}

async function judgeCheckpoint(
  { store }: World,
  keys: readonly AuditKey[],
  number: number,
  checkpoint: AuditCheckpoint,
): Promise<AuditProblem | undefined> {
  const named = keys.find(({ id }) => id === checkpoint.keyId);
  if (!named) return { kind: 'checkpoint.unknown_key', checkpoint: number, keyId: String(checkpoint.keyId) };
  // A true checkpoint copied to another number is signed for its own.
  const isOurs =
    checkpoint.number === number && checkpoint.id === numberedId(number) && isSignedBy(named.key, checkpoint);
  if (!isOurs) return { kind: 'checkpoint.forged', checkpoint: number };
  const batch = await store.get(auditBatches, numberedId(checkpoint.batch));
  // A batch that is missing is named by the walk over the batches.
  if (!batch || hashesOf(batch).includes(checkpoint.hash)) return undefined;
  return { kind: 'checkpoint.contradicted', checkpoint: number, batch: checkpoint.batch };
}
