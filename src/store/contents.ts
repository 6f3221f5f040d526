/**
 * What lies in a store, for whoever moves it whole to another: records exactly as they are, by id and beside the port.
 * Whoever is not the only one at a store commits instead: nothing here looks at versions, or at who else writes.
 */
import type { Clock } from '../base/clock.ts';
import type { FileFault } from './files.ts';
import type { AnyCollection, Stored, StoredRecord } from './port.ts';

export type AnyRecord = Stored<StoredRecord>;

export interface StoreContents {
  /** Where it lies, for people. Never a password. */
  readonly name: string;
  readonly engine: 'sqlite' | 'mongodb';
  /** Two stores that share it are one, whatever they are called. */
  readonly identity: string;
  /** Nobody else can open it until it is closed. */
  readonly isAlone: boolean;
  /** Records of every collection in it, declared or not, expired ones too. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** After the id `after`, in the order of the bytes of UTF-8 (id-order.ts); expired ones too. */
  page(collection: AnyCollection, after: string | undefined, limit: number): Promise<readonly AnyRecord[]>;
  /** Makes what the declared collections need. */
  prepare(): Promise<void>;
  /** As they are, version and all, in the place of what bears the same id. On the disk when it resolves. */
  write(collection: AnyCollection, records: readonly AnyRecord[]): Promise<void>;
  remove(collection: AnyCollection, ids: readonly string[]): Promise<void>;
  /** The copy that is being made into it, or was broken off: such a store is opened by nobody else. */
  mark(): Promise<string | undefined>;
  /** Whether it was `from`, and is `to` now. Undefined is no mark. */
  moveMark(from: string | undefined, to: string | undefined): Promise<boolean>;
  close(): Promise<void>;
}

export type OpenedContents =
  | { readonly kind: 'opened'; readonly contents: StoreContents }
  /** `in_use`: it cannot be had alone, and moving it asks for that. */
  | {
      readonly kind: 'refused';
      readonly engine: StoreContents['engine'];
      readonly name: string;
      readonly fault: FileFault | 'in_use';
    };

export interface ContentsMeans {
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  /** Makes it where there is none; otherwise that is `absent`. */
  readonly make: boolean;
}
