/**
 * Verifies the chain from the store as it lies there, in the memory of one batch, while events go on being written and
 * sealed. What is not sealed yet proves nothing: it is counted, not judged.
 */
import type { Instant } from '../../base/clock.ts';
import type { World } from '../world.ts';
import { auditBatches, hashesOf, noHash } from './batch.ts';
import { auditCheckpoints } from './checkpoint.ts';
import { auditEvents, unsealed } from './event.ts';
import { readHead } from './head.ts';
import { judgeBatch } from './judge-batch.ts';
import { type AuditKey, horizonSince, judgeCheckpoints } from './judge-checkpoints.ts';
import { judgeEnd, type KnownHead } from './judge-end.ts';
import { judgeStrays } from './judge-strays.ts';
import { chainLength, highestNumber, numberedId, walkNumbered } from './numbered.ts';
import type { AuditProblem } from './problem.ts';
import { Suspects } from './suspects.ts';

export interface VerifyOptions {
  /** The first batch to judge; 1 unless said. Checkpoints are judged from the first on. */
  readonly from?: number;
  /** What the log tells of the chain. Without it, a tail that was cut off with everything about it cannot be noticed. */
  readonly knownHead?: KnownHead;
}

export interface AuditSummary {
  readonly kind: 'summary';
  readonly problems: number;
  readonly batches: number;
  /** Found in the batches; and gone by retention. */
  readonly events: number;
  readonly pruned: number;
  readonly checkpoints: number;
  /** Batches after the last checkpoint: chained, not signed yet. */
  readonly unsigned: number;
  readonly unsealed: { readonly count: number; readonly oldest?: Instant };
  readonly head?: KnownHead;
}

/** Every problem when it is certain, and the summary at the end. */
export async function* verifyAudit(
  world: World,
  keys: readonly AuditKey[],
  options: VerifyOptions = {},
): AsyncGenerator<AuditProblem | AuditSummary> {
  const suspects = new Suspects();
  let problems = 0;
  const judged = judgeAll(world, keys, options);
  let step = await judged.next();
  for (; !step.done; step = await judged.next()) {
    for (const problem of suspects.weigh(step.value)) {
      problems += 1;
      yield problem;
    }
  }
  for (const problem of suspects.rest()) {
    problems += 1;
    yield problem;
  }
  yield { kind: 'summary', problems, ...step.value, unsealed: await unsealedTail(world) };
}

type Counts = Omit<AuditSummary, 'kind' | 'problems' | 'unsealed'>;

async function* judgeAll(
  world: World,
  keys: readonly AuditKey[],
  { from = 1, knownHead }: VerifyOptions,
): AsyncGenerator<AuditProblem, Counts> {
  const { store } = world;
  // The links before the head: the sealer moves both in one commit, so an honest head is never behind.
  const links = {
    batch: await highestNumber(store, auditBatches),
    checkpoint: await highestNumber(store, auditCheckpoints),
  };
  const head = await readHead(store);
  const end = {
    batch: chainLength(head?.number, links.batch),
    checkpoint: chainLength(head?.checkpoint, links.checkpoint),
  };
  const { checkpoints, last: checkpoint } = yield* judgeCheckpoints(world, keys, end.checkpoint);
  const isPruned = async (batch: number) =>
    batch <= (checkpoint?.prunedThrough ?? 0) || batch <= (await horizonSince(world, keys, end.checkpoint));

  const counts = { batches: 0, events: 0, pruned: 0 };
  let last = from > 1 ? await store.get(auditBatches, numberedId(from - 1)) : undefined;
  for await (const visit of walkNumbered(store, auditBatches, from, end.batch)) {
    if (visit.kind === 'gap') {
      yield { kind: 'batch.missing', batch: visit.number, through: visit.through };
      continue;
    }
    const { number, record } = visit;
    const before = last?.id === numberedId(number - 1) ? hashesOf(last) : undefined;
    const place = { number, previous: number === 1 ? [noHash] : before, isPruned: () => isPruned(number) };
    const count = yield* judgeBatch(world, record, place);
    counts.batches += 1;
    counts.events += count.present;
    counts.pruned += count.pruned;
    last = record;
  }
  yield* judgeEnd(store, { head, links, last, checkpoint, knownHead });
  yield* judgeStrays(world, from, counts);
  return {
    ...counts,
    checkpoints,
    unsigned: Math.max(0, end.batch - (checkpoint?.batch ?? 0)),
    ...(last ? { head: { batch: last.number, hash: last.hash } } : {}),
  };
}

async function unsealedTail({ store }: World): Promise<AuditSummary['unsealed']> {
  const query = { index: 'byBatch', equals: [unsealed] };
  const count = await store.count(auditEvents, query);
  const [oldest] = (await store.find(auditEvents, { ...query, limit: 1 })).records;
  return { count, ...(oldest ? { oldest: oldest.at } : {}) };
}
