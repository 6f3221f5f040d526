/**
 * The engine's own layout, counted in `PRAGMA user_version`. A step is never edited after a release: a file written by
 * an older version walks through the steps it lacks. What collections look like is not here but in `declaration.ts`.
 */
import { DomainError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './transaction.ts';

const steps: readonly string[] = [
  // 1: what each collection declared when its indexes were last built.
  'CREATE TABLE collection (name TEXT PRIMARY KEY NOT NULL, declaration TEXT NOT NULL) STRICT, WITHOUT ROWID',
];

/** What a file has after `migrate`. */
export const presentLayout = steps.length;

/** @throws DomainError `store.version` when the file was written by a newer version. */
export function migrate(connection: Connection): void {
  if (layoutVersion(connection) === steps.length) return;
  inTransaction(connection, () => {
    // Read again inside: another process may have started at the same moment and done it.
    for (const step of steps.slice(layoutVersion(connection))) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** @throws DomainError `store.version` when the file was written by a newer version. */
export function layoutVersion(connection: Connection): number {
  const found = Number(connection.row('PRAGMA user_version')?.[0] ?? 0);
  // Writing to a layout we do not know would damage it; the operator has gone back to an older version.
  if (found > steps.length) throw new DomainError('store.version', { found, known: steps.length });
  return found;
}
