/**
 * What an engine that keeps its records on a set of servers lets an operator do with it: look at the set without touching it,
 * make one of servers that are none yet, and take records out after somebody has put a backup in the store's place by the
 * database's own means. `open.ts` hands it out; an engine in a file has `files.ts` instead.
 */
import type { Clock, Instant } from '../base/clock.ts';
import type { AnyCollection, Store } from './port.ts';

export type MemberState =
  | 'primary'
  | 'secondary'
  | 'arbiter'
  /** Of the set, and neither: it starts, copies from another, rolls back, or was removed. */
  | 'other'
  /** Waits to be made part of a set. */
  | 'uninitiated'
  | 'standalone'
  /** Answers, and does not let us in. */
  | 'forbidden'
  | 'unreachable';

export interface SetMember {
  readonly host: string;
  readonly state: MemberState;
  /** As it says of itself. */
  readonly set?: string;
  readonly version?: string;
  /** Its clock when it answered, and ours. */
  readonly clock?: { readonly theirs: Instant; readonly ours: Instant };
  /** Of the last write that has reached it. */
  readonly lastWriteAt?: Instant;
}

/** What was asked of the primary; absent where there is none. */
export interface PrimaryFacts {
  /** Who we are to it: a user of it, or nobody, which it answers everything or refuses. */
  readonly us: 'known' | 'unasked' | 'unnamed';
  /** What the user that we are lacks for reading and writing records; empty when it may do all of it. */
  readonly lacksRights: readonly string[];
  /** Of records and indexes, on its disk. */
  readonly bytes: number;
  /** Absent where it does not say. */
  readonly freeBytes?: number;
  /** By what the indexes of each collection should be; a start makes them. */
  readonly missingIndexes: readonly string[];
  /**
   * Absent where the user may not look: how long a member may be away, in milliseconds, and come back by itself. Without end
   * until the oplog has gone round for the first time.
   */
  readonly oplogWindow?: number;
  /** The same: false when a majority acknowledges what is not on its disks. */
  readonly isJournaled?: boolean;
}

export interface SetStanding {
  /** What the address says. */
  readonly set: string;
  readonly database: string;
  readonly members: readonly SetMember[];
  readonly primary?: PrimaryFacts;
}

export type Initiated =
  | { readonly kind: 'stands' | 'initiated'; readonly hosts: readonly string[]; readonly primary: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Records opened to be looked at: nothing is made and nothing is written. */
export interface OpenedSet {
  readonly store: Store;
  /** Of every collection in it, about; one that is not there is not in it. */
  counts(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface StoreSet {
  /** Hosts and database; never a password. */
  readonly name: string;
  standing(collections: readonly AnyCollection[]): Promise<SetStanding>;
  /** Members that are in no set become one; a set that stands is left as it is. Waits for a primary. */
  initiate(): Promise<Initiated>;
  /** @throws DomainError `store.unreachable`, `store.no_primary` and the like. */
  openStore(collections: readonly AnyCollection[], clock: Clock): Promise<OpenedSet>;
  /** Takes all records of these collections out; answers how many, by collection. */
  forget(collections: readonly AnyCollection[]): Promise<Readonly<Record<string, number>>>;
}
