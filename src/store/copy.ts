/**
 * Makes one store hold what another holds, record for record, and proves it: what was written is read back, and what was
 * read is read again. A copy that was broken off is begun again, and goes fast over what is there already. Until it is
 * proved the target bears a mark, and nobody opens it.
 */
import type { Instant } from '../base/clock.ts';
import type { AnyRecord, StoreContents } from './contents.ts';
import { batchOf } from './copy-batch.ts';
import { entriesOf, pairsOf } from './copy-reading.ts';
import { type Seal, type Seals, sealing, sealsOf, unequal } from './copy-seal.ts';
import type { AnyCollection } from './port.ts';

/** `compared` with what a broken copy has left, then `copied`, then `checked`: each begins at one. */
export type CopyPhase = 'compared' | 'copied' | 'checked';

export interface CopyMeans {
  readonly source: StoreContents;
  readonly target: StoreContents;
  readonly collections: readonly AnyCollection[];
  /** What has expired by then is left behind. */
  readonly liveAt: Instant;
  /** Makes the mark of this copy its own. */
  readonly run: string;
  /** What the copy leaves of itself in the target, once it is proved. */
  readonly trace: (seals: Seals) => { readonly collection: AnyCollection; readonly record: AnyRecord };
  /** One record more. */
  readonly passed?: (phase: CopyPhase) => void;
}

export type CopyEnd =
  | { readonly kind: 'copied'; readonly seals: Seals; readonly written: number; readonly removed: number }
  /** Somebody wrote to the source meanwhile. The mark stays. */
  | { readonly kind: 'source_moved'; readonly collections: readonly string[] }
  /** What was read back is not what was written. The mark stays. */
  | { readonly kind: 'unequal'; readonly collections: readonly string[] }
  /** Somebody else has begun to copy into it. */
  | { readonly kind: 'overtaken' };

/** `mark`: the one that the target was found with. */
export async function copyContents(means: CopyMeans, mark: string | undefined): Promise<CopyEnd> {
  const { target, run } = means;
  if (!(await target.moveMark(mark, run))) return { kind: 'overtaken' };
  try {
    return await copyMarked({ ...means, target: whileMarked(target, run) });
  } catch (error) {
    if (error instanceof Overtaken) return { kind: 'overtaken' };
    throw error;
  }
}

async function copyMarked(means: CopyMeans): Promise<CopyEnd> {
  const { source, target, collections, liveAt, run, passed } = means;
  await target.prepare();
  let removed = 0;
  let written = 0;
  const read: Record<string, Seal> = {};
  for (const collection of collections) {
    // What is in the way goes first: a value that must be unique may have changed hands since the last try.
    removed += await clear(means, collection);
    const brought = await bring(means, collection);
    written += brought.written;
    read[collection.name] = brought.seal;
  }
  const [again, arrived] = await Promise.all([
    sealsOf(source, collections, liveAt),
    sealsOf(target, collections, undefined, () => passed?.('checked')),
  ]);
  const moved = unequal(read, again);
  if (moved.length > 0) return { kind: 'source_moved', collections: moved };
  const wrong = unequal(read, arrived);
  if (wrong.length > 0) return { kind: 'unequal', collections: wrong };
  const { collection, record } = means.trace(read);
  await target.write(collection, [record]);
  // After the trace: a copy that ends between the two is begun again, and takes it away.
  if (!(await target.moveMark(run, undefined))) return { kind: 'overtaken' };
  return { kind: 'copied', seals: read, written, removed };
}

class Overtaken extends Error {}

/**
 * Changes nothing once the mark is another's, or gone. A copy whose process stood still while the next one ended would take out of
 * what is a store at work by then whatever has come since.
 */
function whileMarked(target: StoreContents, run: string): StoreContents {
  const demandMark = async (): Promise<void> => {
    if ((await target.mark()) !== run) throw new Overtaken();
  };
  return {
    ...target,
    async write(collection, records) {
      await demandMark();
      await target.write(collection, records);
    },
    async remove(collection, ids) {
      await demandMark();
      await target.remove(collection, ids);
    },
  };
}

/** Takes out of the target what the source lacks or has otherwise. */
async function clear({ source, target, liveAt, passed }: CopyMeans, collection: AnyCollection): Promise<number> {
  const leaving = batchOf((entries) =>
    target.remove(
      collection,
      entries.map(({ record }) => record.id),
    ),
  );
  const pairs = pairsOf(entriesOf(source, collection, liveAt), entriesOf(target, collection), 'targets');
  for await (const pair of pairs) {
    if (!pair.target) continue;
    passed?.('compared');
    if (pair.source?.text !== pair.target.text) await leaving.add(pair.target);
  }
  return leaving.end();
}

/** Writes what the target lacks. */
async function bring(
  { source, target, liveAt, passed }: CopyMeans,
  collection: AnyCollection,
): Promise<{ readonly seal: Seal; readonly written: number }> {
  const lacking = batchOf((entries) =>
    target.write(
      collection,
      entries.map(({ record }) => record),
    ),
  );
  const sealed = sealing();
  for await (const pair of pairsOf(entriesOf(source, collection, liveAt), entriesOf(target, collection))) {
    if (!pair.source) continue;
    passed?.('copied');
    sealed.add(pair.source);
    if (!pair.target) await lacking.add(pair.source);
  }
  return { written: await lacking.end(), seal: sealed.done() };
}
