/**
 * The small document port on which every record lies. An engine is written once against this file and proves itself
 * in test/store/contract; no record needs engine code, and no engine knows a record.
 */

export type Scalar = string | number | boolean;

/** What a record may hold: JSON, with `undefined` fields left out. Times are `Instant` numbers. */
export interface StoredRecord {
  readonly id: string;
}

/**
 * A record as read: `version` says which state this is, and `replace` refuses when it has moved since. Nobody writes to it: an
 * engine may have frozen it, and may hand the same to all who ask.
 */
export type Stored<T extends StoredRecord> = T & { readonly version: number };

/** Also those that only some members of a union have. */
type FieldOf<T> = T extends unknown ? keyof T & string : never;

export interface Index<T extends StoredRecord> {
  readonly name: string;
  /** Top-level fields, in order. A record that lacks one of them is not in the index. */
  readonly fields: readonly FieldOf<T>[];
  readonly unique?: boolean;
  /** The (only) field holds an array of strings; the record is found under each element. */
  readonly multiple?: boolean;
}

/** Declared beside the code that uses it. */
export interface Collection<T extends StoredRecord> {
  readonly name: string;
  readonly indexes: readonly Index<T>[];
  /** The field with the Instant after which the record does not exist any more, swept or not. */
  readonly expiresAt?: keyof T & string;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of collections of different records; each use is typed by its own collection
export type AnyCollection = Collection<any>;

/** `equals` binds the first fields of the index; `from` (inclusive) and `below` (exclusive) bound the next one. */
export interface Query {
  readonly index: string;
  readonly equals?: readonly Scalar[];
  readonly from?: Scalar;
  readonly below?: Scalar;
  readonly descending?: boolean;
  /** At most this many records; 100 unless said, 1,000 at most. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** Records in the order of the index's fields, then of `id`. `next` is there when more may follow. */
export interface Page<T extends StoredRecord> {
  readonly records: readonly Stored<T>[];
  readonly next?: string;
}

export type Write =
  | { readonly kind: 'insert'; readonly collection: AnyCollection; readonly record: StoredRecord }
  | { readonly kind: 'replace'; readonly collection: AnyCollection; readonly record: Stored<StoredRecord> }
  | { readonly kind: 'remove'; readonly collection: AnyCollection; readonly id: string; readonly version?: number }
  | {
      readonly kind: 'add';
      readonly collection: AnyCollection;
      readonly id: string;
      readonly amounts: Readonly<Record<string, number>>;
      readonly otherwise: StoredRecord;
    };

export interface Store {
  /** Undefined when there is none or it has expired. */
  get<T extends StoredRecord>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined>;
  find<T extends StoredRecord>(collection: Collection<T>, query: Query): Promise<Page<T>>;
  /** How many records `query` would find without its limit. */
  count<T extends StoredRecord>(
    collection: Collection<T>,
    query: Omit<Query, 'limit' | 'after' | 'descending'>,
  ): Promise<number>;
  /**
   * All writes or none, durable when the promise resolves.
   * @throws DomainError `store.conflict` when a version has moved or the record is gone; `store.duplicate` when an id or
   *   a unique index objects; `store.unavailable` when the engine cannot answer; `input.invalid` for an id that is no
   *   Unicode or a record nested deeper than every engine takes (check-record.ts).
   */
  commit(writes: readonly Write[]): Promise<void>;
  /** Removes expired records, at most `limit`; answers how many. */
  sweep(limit: number): Promise<number>;
  /** Resolves when a read reaches the engine and, after writes have failed, a write does. @throws DomainError `store.unavailable` */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export const insert = <T extends StoredRecord>(collection: Collection<T>, record: T): Write => ({
  kind: 'insert',
  collection,
  record,
});

/** Expects the record to be as it was read: `{ ...stored, field: changed }`. */
export const replace = <T extends StoredRecord>(collection: Collection<T>, record: Stored<T>): Write => ({
  kind: 'replace',
  collection,
  record,
});

/** Without `version` it removes whatever is there, also nothing. */
export const remove = <T extends StoredRecord>(collection: Collection<T>, id: string, version?: number): Write => ({
  kind: 'remove',
  collection,
  id,
  ...(version === undefined ? {} : { version }),
});

/** Adds to numeric fields; where there is no record (or only an expired one) it inserts `otherwise`. */
export const add = <T extends StoredRecord>(
  collection: Collection<T>,
  id: string,
  amounts: Partial<Record<keyof T & string, number>>,
  otherwise: T,
): Write => ({ kind: 'add', collection, id, amounts: amounts as Record<string, number>, otherwise });

/** The first record that matches, for unique indexes. */
export async function findOne<T extends StoredRecord>(
  store: Store,
  collection: Collection<T>,
  index: string,
  ...equals: readonly Scalar[]
): Promise<Stored<T> | undefined> {
  const page = await store.find(collection, { index, equals, limit: 1 });
  return page.records[0];
}
