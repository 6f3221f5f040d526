/**
 * How a collection lies in the database: one table of JSON bodies, one virtual column per indexed field, one index per
 * single-valued index, one side table per `multiple` index. Index values are computed by SQLite from the body (virtual
 * columns, triggers) and not by us: whoever writes a body, also a process with an older declaration, keeps them right.
 * Names never meet quoting: they are identifiers without underscores (check-collections.ts).
 */
import type { AnyCollection, Index, StoredRecord } from '../port.ts';

export const tableOf = (collection: AnyCollection): string => `record_${collection.name}`;
export const columnOf = (field: string): string => `f_${field}`;
export const indexNameOf = (collection: AnyCollection, index: Index<StoredRecord>): string =>
  `index_${collection.name}_${index.name}`;
export const elementTableOf = (collection: AnyCollection, index: Index<StoredRecord>): string =>
  `element_${collection.name}_${index.name}`;

/** The record's table, without anything that a declaration can change. */
export const tableStatement = (collection: AnyCollection): string =>
  `CREATE TABLE IF NOT EXISTS ${tableOf(collection)} (
    id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, expires_at INTEGER, body TEXT NOT NULL) STRICT`;

/** Fields that need a column, each once. */
export const singleFields = (collection: AnyCollection): readonly string[] => [
  ...new Set(collection.indexes.filter((index) => !index.multiple).flatMap((index) => index.fields)),
];

/** ANY keeps numbers numbers and strings strings; JSON's true and false arrive as 1 and 0. */
export const columnStatement = (collection: AnyCollection, field: string): string =>
  `ALTER TABLE ${tableOf(collection)} ADD COLUMN ${columnOf(field)} ANY AS (body ->> '${field}') VIRTUAL`;

/** Everything a declaration asks for, over a table whose columns are there. Fills what it creates. */
export function indexStatements(collection: AnyCollection): readonly string[] {
  const expiry = `CREATE INDEX expiry_${collection.name} ON ${tableOf(collection)} (expires_at) WHERE expires_at IS NOT NULL`;
  return [
    ...(collection.expiresAt === undefined ? [] : [expiry]),
    ...collection.indexes.flatMap((index) =>
      index.multiple ? elementStatements(collection, index) : [singleStatement(collection, index)],
    ),
  ];
}

function singleStatement(collection: AnyCollection, index: Index<StoredRecord>): string {
  const columns = index.fields.map(columnOf);
  // A record that lacks a field is not in the index. `id` closes the key of an index that is not unique: the order of
  // pages is total, and a page starts in the middle of a million equal values without walking through them.
  const key = index.unique ? columns : [...columns, 'id'];
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${indexNameOf(collection, index)} ON ${tableOf(collection)}
    (${key.join(', ')}) WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')}`;
}

function elementStatements(collection: AnyCollection, index: Index<StoredRecord>): readonly string[] {
  const records = tableOf(collection);
  const elements = elementTableOf(collection, index);
  const field = index.fields[0];
  const elementsOf = (row: string): string =>
    `INSERT INTO ${elements} SELECT DISTINCT element.value, ${row}.id
      FROM json_each(${row}.body, '$.${field}') AS element WHERE element.type = 'text'`;
  return [
    `CREATE TABLE ${elements} (value ANY NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, id)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX ${elements}_owner ON ${elements} (id)`,
    ...(index.unique ? [`CREATE UNIQUE INDEX ${indexNameOf(collection, index)} ON ${elements} (value)`] : []),
    `INSERT INTO ${elements} SELECT DISTINCT element.value, ${records}.id
      FROM ${records} CROSS JOIN json_each(${records}.body, '$.${field}') AS element WHERE element.type = 'text'`,
    `CREATE TRIGGER ${elements}_insert AFTER INSERT ON ${records} BEGIN ${elementsOf('NEW')}; END`,
    `CREATE TRIGGER ${elements}_update AFTER UPDATE OF body ON ${records}
      WHEN OLD.body -> '${field}' IS NOT NEW.body -> '${field}'
      BEGIN DELETE FROM ${elements} WHERE id = OLD.id; ${elementsOf('NEW')}; END`,
    `CREATE TRIGGER ${elements}_delete AFTER DELETE ON ${records} BEGIN DELETE FROM ${elements} WHERE id = OLD.id; END`,
  ];
}
