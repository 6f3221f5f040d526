/**
 * What an engine that keeps its records in a file lets an operator do with it: look at it without touching it, copy it
 * while others write, and put a copy in its place. `open.ts` hands it out; an engine without files has none.
 */
import type { Clock, Instant } from '../base/clock.ts';
import type { AnyCollection, Store } from './port.ts';

export type FileFault =
  /** Not there, or empty. */
  | 'absent'
  /** Not ours: no database, or somebody else's. */
  | 'foreign'
  | 'truncated'
  /** A plain copy of a store in use: its last changes lay in files beside it. */
  | 'live'
  /** Written by a newer version. */
  | 'newer'
  /** A copy into it was begun and has not ended. */
  | 'half_copied'
  | 'unreadable';

/** A file opened to be looked at: nothing is made, migrated or written. */
export interface StoreFile {
  readonly path: string;
  /** False for one that the next start will bring up to date. */
  readonly isLayoutPresent: boolean;
  /** How this version came to it, when an older one had written it. */
  readonly lastUpgrade?: { readonly at: Instant; readonly backup: string };
  readonly bytes: number;
  /** What lies beside it, to be merged. */
  readonly waitingBytes: number;
  /** Reads; a commit is `store.unavailable`. Indexes are those that the file's last writer declared. */
  readonly store: Store;
  /** Records of every collection in it, expired ones too. */
  counts(): Readonly<Record<string, number>>;
  /** What the engine finds wrong; nothing when sound. `quick` does not compare indexes with records. */
  damage(depth: 'quick' | 'whole'): readonly string[];
  close(): void;
}

export type OpenedFile =
  | { readonly kind: 'opened'; readonly file: StoreFile }
  | { readonly kind: 'refused'; readonly fault: FileFault };

export interface Reading {
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
}

/** A copy under another name, in the folder where it is to stand; nobody takes it for whole. */
export interface Draft {
  readonly path: string;
  /** Takes all records of these collections out of it, beyond recovery. */
  forget(collections: readonly AnyCollection[]): void;
  /** Gives it its name, on the disk, unless something has that name. */
  keepAs(path: string): 'kept' | 'exists';
  /** Does nothing once it was kept or placed. */
  discard(): void;
}

/** `in_use`: some process has it open. */
export type Occupancy = 'empty' | 'occupied' | 'in_use';

export type Placed =
  | { readonly kind: 'in_use' }
  /** Where that lies now which stood there before; empty when nothing did. */
  | { readonly kind: 'placed'; readonly aside: readonly string[] };

export interface StoreFiles {
  /** Where the store lies. */
  readonly path: string;
  openStore(reading: Reading): OpenedFile;
  openCopy(path: string, reading: Reading): OpenedFile;
  /** One moment of the store, while others write; beside `to`. `id` makes its name its own. */
  copy(to: string, id: string): Draft;
  /** `from` as it is, beside the store. */
  bring(from: string, id: string): Promise<Draft>;
  occupancy(): Occupancy;
  /** Puts the draft where the store lies; what stands there is renamed, with `stamp` at the end. */
  place(draft: Draft, stamp: string): Placed;
}
