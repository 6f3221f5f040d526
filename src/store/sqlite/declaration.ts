/** What a collection declares, as one text, and as the file remembers it from when its indexes were last built. */
import type { AnyCollection } from '../port.ts';
import type { Connection } from './connection.ts';

export function declarationOf(collection: AnyCollection): string {
  const indexes = collection.indexes.map(({ name, fields, unique, multiple }) => ({ name, fields, unique, multiple }));
  indexes.sort((left, right) => (left.name < right.name ? -1 : 1));
  return JSON.stringify({ indexes, expiresAt: collection.expiresAt });
}

/** Undefined for a collection that the file does not have yet. */
export const recordedDeclaration = (connection: Connection, collection: AnyCollection): unknown =>
  connection.row('SELECT declaration FROM collection WHERE name = ?', collection.name)?.[0];
