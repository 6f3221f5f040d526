/** The collections that this store was opened with, each with its statements written out once. */
import type { AnyCollection, Index, StoredRecord } from '../port.ts';
import { columnOf, elementTableOf, indexNameOf, tableOf } from './layout.ts';

export interface Table {
  readonly collection: AnyCollection;
  readonly indexes: ReadonlyMap<string, Index<StoredRecord>>;
  readonly sql: {
    /** id, now → version, body */
    readonly get: string;
    /** id, expires_at, body, now */
    readonly insert: string;
    /** expires_at, body, id, version, now */
    readonly replace: string;
    /** id */
    readonly remove: string;
    /** id, version, now */
    readonly removeVersion: string;
    /** By the name of a unique index, unless it is `multiple`: the values of its fields, now → version, body */
    readonly getUnique: ReadonlyMap<string, string>;
    /** now, limit */
    readonly sweep: string;
    /** now, body: one statement per unique index, removing expired records that hold a value which `body` claims */
    readonly releaseValues: readonly string[];
  };
}

export class Tables {
  readonly #byName: ReadonlyMap<string, Table>;

  constructor(collections: readonly AnyCollection[]) {
    this.#byName = new Map(collections.map((collection) => [collection.name, tableFor(collection)]));
  }

  /** @throws TypeError when the store was not opened with this collection. */
  of(collection: AnyCollection): Table {
    return this.named(collection.name);
  }

  /** @throws TypeError when the store was not opened with this collection. */
  named(name: string): Table {
    const table = this.#byName.get(name);
    if (table === undefined) throw new TypeError(`the store was opened without the collection ${name}`);
    return table;
  }

  [Symbol.iterator](): IterableIterator<Table> {
    return this.#byName.values();
  }
}

function tableFor(collection: AnyCollection): Table {
  const records = tableOf(collection);
  const isAlive = '(expires_at IS NULL OR expires_at > ?)';
  return {
    collection,
    indexes: new Map(collection.indexes.map((index) => [index.name, index])),
    sql: {
      get: `SELECT version, body FROM ${records} WHERE id = ? AND ${isAlive}`,
      getUnique: new Map(
        collection.indexes
          .filter(({ unique, multiple }) => unique && !multiple)
          .map((index) => [index.name, getByUnique(collection, index, isAlive)]),
      ),
      // Over an expired record the version goes on counting: who still holds the old one must not replace the new one.
      insert: `INSERT INTO ${records} (id, version, expires_at, body) VALUES (?, 1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET version = version + 1, expires_at = excluded.expires_at, body = excluded.body
        WHERE expires_at <= ?`,
      replace: `UPDATE ${records} SET version = version + 1, expires_at = ?, body = ?
        WHERE id = ? AND version = ? AND ${isAlive}`,
      remove: `DELETE FROM ${records} WHERE id = ?`,
      removeVersion: `DELETE FROM ${records} WHERE id = ? AND version = ? AND ${isAlive}`,
      sweep: `DELETE FROM ${records} WHERE id IN (SELECT id FROM ${records} WHERE expires_at <= ? LIMIT ?)`,
      releaseValues:
        collection.expiresAt === undefined
          ? []
          : collection.indexes.filter((index) => index.unique).map((index) => releaseStatement(collection, index)),
    },
  };
}

function getByUnique(collection: AnyCollection, index: Index<StoredRecord>, isAlive: string): string {
  const values = index.fields.map((field) => `${columnOf(field)} = ?`).join(' AND ');
  return `SELECT version, body FROM ${tableOf(collection)} INDEXED BY ${indexNameOf(collection, index)}
    WHERE ${values} AND ${isAlive}`;
}

function releaseStatement(collection: AnyCollection, index: Index<StoredRecord>): string {
  const holders = index.multiple
    ? `id IN (SELECT id FROM ${elementTableOf(collection, index)}
        WHERE value IN (SELECT value FROM json_each(?2, '$.${index.fields[0]}')))`
    : index.fields.map((field) => `${columnOf(field)} = ?2 ->> '${field}'`).join(' AND ');
  return `DELETE FROM ${tableOf(collection)} WHERE expires_at <= ?1 AND ${holders}`;
}
