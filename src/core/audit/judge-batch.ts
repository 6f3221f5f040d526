/**
 * Holds one batch against its place in the chain, and the events that claim it against its entries. Needs nothing but the
 * batch before, so that retention can ask about the batches it is about to empty.
 */
import { isSameText } from '../../base/digest.ts';
import type { Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type AuditBatch, type BatchEntry, batchHash, eventDigest } from './batch.ts';
import { type AuditEvent, auditEvents } from './event.ts';
import { numberedId } from './numbered.ts';
import type { AuditProblem } from './problem.ts';

export interface BatchPlace {
  readonly number: number;
  /** The hashes that `previous` may name; undefined where the batch before is missing, which has been said already. */
  readonly previous: readonly string[] | undefined;
  /** Whether retention has signed for its events: then one that is absent was not taken away by a stranger. */
  isPruned(): Promise<boolean>;
}

/** How many events were found in their place, and how many are gone by retention. */
export interface BatchCount {
  readonly present: number;
  readonly pruned: number;
}

export async function* judgeBatch(
  world: World,
  batch: Stored<AuditBatch>,
  place: BatchPlace,
): AsyncGenerator<AuditProblem, BatchCount> {
  const { number, previous } = place;
  if (!isSound(batch, number)) yield { kind: 'batch.changed', batch: number };
  if (previous && !previous.includes(batch.previous)) yield { kind: 'batch.unchained', batch: number - 1 };
  const awaited = new Map(entriesOf(batch).map((entry, position) => [entry.id, { ...entry, position }]));
  let present = 0;
  let latest = -1;
  for await (const event of eventsClaiming(world, number)) {
    present += 1;
    const entry = awaited.get(event.id);
    awaited.delete(event.id);
    if (!entry) yield { kind: 'event.inserted', batch: number, eventId: event.id };
    else if (eventDigest(event) !== entry.digest) yield { kind: 'event.changed', batch: number, eventId: event.id };
    // An index may take `true` for 1; what is there is not what was written.
    else if (event.batch !== number || entry.position < latest) {
      yield { kind: 'event.reordered', batch: number, eventId: event.id, foundIn: event.batch };
    } else latest = entry.position;
  }
  let pruned = 0;
  for (const entry of awaited.values()) {
    const problem = await judgeAbsent(world, entry, place);
    if (problem) yield problem;
    else pruned += 1;
  }
  return { present, pruned };
}

/** `number` decides where the walk met it; id, number and content are all under the hash. */
const isSound = (batch: AuditBatch, number: number): boolean =>
  batch.number === number &&
  batch.id === numberedId(number) &&
  typeof batch.hash === 'string' &&
  isSameText(batch.hash, batchHash(batch));

/** A batch that was tampered with may hold anything. */
function entriesOf(batch: AuditBatch): readonly BatchEntry[] {
  const entries: unknown = batch.entries;
  if (!Array.isArray(entries)) return [];
  return entries.filter((entry) => typeof entry?.id === 'string' && typeof entry.digest === 'string');
}

async function judgeAbsent(
  { store }: World,
  entry: BatchEntry,
  { number, isPruned }: BatchPlace,
): Promise<AuditProblem | undefined> {
  const event = await store.get(auditEvents, entry.id);
  if (!event) {
    return (await isPruned()) ? undefined : { kind: 'event.removed', batch: number, eventId: entry.id };
  }
  if (eventDigest(event) !== entry.digest) return { kind: 'event.changed', batch: number, eventId: entry.id };
  return { kind: 'event.reordered', batch: number, eventId: entry.id, foundIn: event.batch };
}

/** In the order of their time, as they were sealed. */
export async function* eventsClaiming(
  { store }: Pick<World, 'store'>,
  batch: number,
): AsyncGenerator<Stored<AuditEvent>> {
  let after: string | undefined;
  do {
    const page = await store.find(auditEvents, {
      index: 'byBatch',
      equals: [batch],
      limit: 500,
      ...(after ? { after } : {}),
    });
    yield* page.records;
    after = page.next;
  } while (after);
}
