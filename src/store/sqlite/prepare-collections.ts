/**
 * Tables and indexes as the collections declare them. Each collection's declaration is remembered; when it is the same as
 * at the last start, nothing is touched, and a start costs two small reads per collection.
 */
import type { Clock } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import type { AnyCollection } from '../port.ts';
import type { Connection } from './connection.ts';
import { declarationOf, recordedDeclaration } from './declaration.ts';
import { columnOf, columnStatement, indexStatements, singleFields, tableOf, tableStatement } from './layout.ts';
import { inTransaction } from './transaction.ts';

/**
 * Makes the tables of collections that the file does not have. One that it has under another declaration is not touched:
 * other processes may have it open, and would go on writing what they know (upgrade.ts does it, alone).
 * @throws DomainError `store.in_use`
 */
export function makeCollections(connection: Connection, collections: readonly AnyCollection[], clock: Clock): void {
  for (const collection of collections) {
    if (recordedDeclaration(connection, collection) !== undefined) continue;
    inTransaction(connection, () => {
      // Another process may have started at the same moment and made it while we waited.
      if (recordedDeclaration(connection, collection) === undefined) buildCollection(connection, collection, clock);
    });
  }
  const foreign = changedIn(connection, collections);
  if (foreign.length > 0) throw new DomainError('store.in_use', { collections: foreign.map(({ name }) => name) });
}

/** Those that the file has under another declaration. */
export const changedIn = (connection: Connection, collections: readonly AnyCollection[]): readonly AnyCollection[] =>
  collections.filter((collection) => {
    const recorded = recordedDeclaration(connection, collection);
    return recorded !== undefined && recorded !== declarationOf(collection);
  });

/**
 * Tables and indexes as declared, in a transaction that the caller began. Records stay.
 * @throws DomainError `store.duplicate` when a newly unique index finds a value twice.
 */
export function buildCollection(connection: Connection, collection: AnyCollection, clock: Clock): void {
  build(connection, collection, clock);
  connection.change(
    'INSERT INTO collection VALUES (?, ?) ON CONFLICT DO UPDATE SET declaration = excluded.declaration',
    collection.name,
    declarationOf(collection),
  );
}

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
