/** How many records there are and which, in one line: what source and target of a copy are held against each other by. */
import { createHash } from 'node:crypto';
import type { Instant } from '../base/clock.ts';
import type { StoreContents } from './contents.ts';
import { type Entry, entriesOf } from './copy-reading.ts';
import type { AnyCollection } from './port.ts';

export interface Seal {
  readonly records: number;
  /** SHA-256, in hexadecimal digits, over the canonical records in the order of their ids, each on a line. */
  readonly checksum: string;
}

/** By the name of the collection. */
export type Seals = Readonly<Record<string, Seal>>;

export interface Sealing {
  add(entry: Entry): void;
  done(): Seal;
}

export function sealing(): Sealing {
  const hash = createHash('sha256');
  let records = 0;
  return {
    add({ text }) {
      hash.update(`${text}\n`);
      records += 1;
    },
    done: () => ({ records, checksum: hash.digest('hex') }),
  };
}

/** Without `liveAt` also of what has expired. */
export async function sealsOf(
  contents: StoreContents,
  collections: readonly AnyCollection[],
  liveAt: Instant | undefined,
  passed?: () => void,
): Promise<Seals> {
  const seals: Record<string, Seal> = {};
  for (const collection of collections) {
    const sealed = sealing();
    for await (const entry of entriesOf(contents, collection, liveAt)) {
      sealed.add(entry);
      passed?.();
    }
    seals[collection.name] = sealed.done();
  }
  return seals;
}

/** Those that are not the same in both. */
export const unequal = (one: Seals, other: Seals): readonly string[] =>
  Object.keys(one).filter(
    (name) => one[name]?.checksum !== other[name]?.checksum || one[name]?.records !== other[name]?.records,
  );

/** Of all collections that hold anything. */
export function wholeChecksum(seals: Seals): string {
  const hash = createHash('sha256');
  for (const [name, { records, checksum }] of Object.entries(seals).sort(([left], [right]) =>
    left < right ? -1 : 1,
  )) {
    if (records > 0) hash.update(`${name} ${records} ${checksum}\n`);
  }
  return hash.digest('hex');
}

export const recordsIn = (seals: Seals): number => Object.values(seals).reduce((sum, { records }) => sum + records, 0);
