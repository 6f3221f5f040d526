/**
 * Brings the tables in line with what the collections declare now. Each collection's declaration is remembered; when it
 * is the same as at the last start, nothing is touched, and a start costs one small read per collection.
 */
import type { Clock } from '../../base/clock.ts';
import type { AnyCollection } from '../port.ts';
import type { Connection } from './connection.ts';
import { columnOf, columnStatement, indexStatements, singleFields, tableOf, tableStatement } from './layout.ts';
import { inTransaction } from './transaction.ts';

/** @throws DomainError `store.duplicate` when a newly unique index finds a value twice. */
export function prepareCollections(connection: Connection, collections: readonly AnyCollection[], clock: Clock): void {
  for (const collection of collections) {
    const declaration = declarationOf(collection);
    if (recordedDeclaration(connection, collection) === declaration) continue;
    inTransaction(connection, () => {
      // Another process may have started at the same moment and built them while we waited.
      if (recordedDeclaration(connection, collection) === declaration) return;
      build(connection, collection, clock);
      connection.change(
        'INSERT INTO collection VALUES (?, ?) ON CONFLICT DO UPDATE SET declaration = excluded.declaration',
        collection.name,
        declaration,
      );
    });
  }
}

function declarationOf(collection: AnyCollection): string {
  const indexes = collection.indexes.map(({ name, fields, unique, multiple }) => ({ name, fields, unique, multiple }));
  indexes.sort((left, right) => (left.name < right.name ? -1 : 1));
  return JSON.stringify({ indexes, expiresAt: collection.expiresAt });
}

const recordedDeclaration = (connection: Connection, collection: AnyCollection): unknown =>
  connection.row('SELECT declaration FROM collection WHERE name = ?', collection.name)?.[0];

function build(connection: Connection, collection: AnyCollection, clock: Clock): void {
  connection.exec(tableStatement(collection));
  dropIndexes(connection, collection);
  const expiry = collection.expiresAt === undefined ? 'NULL' : `body ->> '${collection.expiresAt}'`;
  connection.exec(`UPDATE ${tableOf(collection)} SET expires_at = ${expiry} WHERE expires_at IS NOT ${expiry}`);
  // An expired record must not keep a unique index from being built.
  connection.change(`DELETE FROM ${tableOf(collection)} WHERE expires_at <= ?`, clock.now());
  const columns = connection
    .rows(`SELECT name FROM pragma_table_xinfo('${tableOf(collection)}')`)
    .map(([name]) => name);
  // Columns that no index asks for any more stay: a virtual column takes no room.
  for (const field of singleFields(collection).filter((name) => !columns.includes(columnOf(name)))) {
    connection.exec(columnStatement(collection, field));
  }
  for (const statement of indexStatements(collection)) connection.exec(statement);
}

function dropIndexes(connection: Connection, collection: AnyCollection): void {
  const made = connection.rows(
    `SELECT type, name FROM sqlite_schema
     WHERE (type IN ('index', 'trigger') AND tbl_name = ?1 AND sql IS NOT NULL) OR (type = 'table' AND name GLOB ?2)`,
    tableOf(collection),
    `element_${collection.name}_*`,
  );
  for (const [type, name] of made) connection.exec(`DROP ${type} ${name}`);
}
