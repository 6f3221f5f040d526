/** Whether one store may be copied into another: never over an installation, never out of what is no whole one. */
import type { Instant } from '../base/clock.ts';
import type { AnyRecord, StoreContents } from './contents.ts';
import { entriesOf, pairsOf } from './copy-reading.ts';
import { type Seal, type Seals, sealing } from './copy-seal.ts';
import type { AnyCollection } from './port.ts';

export interface CopyWish {
  readonly source: StoreContents;
  /** Undefined where there is none yet. */
  readonly target: StoreContents | undefined;
  readonly collections: readonly AnyCollection[];
  readonly liveAt: Instant;
  /** What a copy leaves of itself: where the target has only that beside what the source has, it is a copy of it. */
  readonly isTrace: (collection: AnyCollection, record: AnyRecord) => boolean;
}

export type CopyJudgement =
  /** `records`: of the source, what has expired among them. `mark`: a copy into it was broken off. */
  | { readonly kind: 'may_begin'; readonly records: number; readonly left: number; readonly mark?: string }
  | { readonly kind: 'copied_already'; readonly seals: Seals }
  | {
      readonly kind: 'refused';
      readonly reason: 'same_store' | 'source_half_copied' | 'source_empty' | 'target_occupied';
    }
  /** It holds records of collections that this version does not know. */
  | {
      readonly kind: 'refused';
      readonly reason: 'newer';
      readonly in: string;
      readonly collections: readonly string[];
    };

export async function judgeCopying(wish: CopyWish): Promise<CopyJudgement> {
  const { source, target, collections } = wish;
  if (source.identity === target?.identity) return { kind: 'refused', reason: 'same_store' };
  if ((await source.mark()) !== undefined) return { kind: 'refused', reason: 'source_half_copied' };
  const mark = await target?.mark();
  const present = await countsOf(source, collections);
  if (present.unknown.length > 0) return newer(source, present.unknown);
  if (present.records === 0) return { kind: 'refused', reason: 'source_empty' };
  if (!target) return { kind: 'may_begin', records: present.records, left: 0 };
  const found = await countsOf(target, collections);
  if (found.unknown.length > 0) return newer(target, found.unknown);
  if (mark !== undefined) return { kind: 'may_begin', records: present.records, left: found.records, mark };
  if (found.records === 0) return { kind: 'may_begin', records: present.records, left: 0 };
  const seals = await sealsIfCopied(wish, target);
  return seals ? { kind: 'copied_already', seals } : { kind: 'refused', reason: 'target_occupied' };
}

const newer = (contents: StoreContents, collections: readonly string[]): CopyJudgement => ({
  kind: 'refused',
  reason: 'newer',
  in: contents.name,
  collections,
});

async function countsOf(
  contents: StoreContents,
  collections: readonly AnyCollection[],
): Promise<{ readonly records: number; readonly unknown: readonly string[] }> {
  const counts = Object.entries(await contents.counts());
  const known = new Set(collections.map(({ name }) => name));
  return {
    records: counts.reduce((sum, [, count]) => sum + count, 0),
    unknown: counts.filter(([name, count]) => count > 0 && !known.has(name)).map(([name]) => name),
  };
}

/** Ends at the first difference. */
async function sealsIfCopied(
  { source, collections, liveAt, isTrace }: CopyWish,
  target: StoreContents,
): Promise<Seals | undefined> {
  const seals: Record<string, Seal> = {};
  for (const collection of collections) {
    const sealed = sealing();
    const targets = entriesOf(target, collection, liveAt);
    for await (const pair of pairsOf(entriesOf(source, collection, liveAt), targets)) {
      if (pair.source) {
        if (pair.source.text !== pair.target?.text) return undefined;
        sealed.add(pair.source);
      } else if (pair.target && !isTrace(collection, pair.target.record)) return undefined;
    }
    seals[collection.name] = sealed.done();
  }
  return seals;
}
