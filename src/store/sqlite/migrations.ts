/**
 * The engine's own layout, counted in `PRAGMA user_version`. A step is never edited after a release: a file written by
 * an older version walks through the steps it lacks (upgrade.ts). What collections look like is in `declaration.ts`.
 */
import { DomainError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './transaction.ts';

const steps: readonly string[] = [
  // 1: what each collection declared when its indexes were last built.
  'CREATE TABLE collection (name TEXT PRIMARY KEY NOT NULL, declaration TEXT NOT NULL) STRICT, WITHOUT ROWID',
  // 2: when the file was brought up to date, from which layout, and where a copy of it lies as it was before.
  'CREATE TABLE upgrade (at INTEGER NOT NULL, layout INTEGER NOT NULL, backup TEXT NOT NULL) STRICT',
  // 3: which records the last groups of commits changed, null for any (changes.ts).
  'CREATE TABLE change (number INTEGER PRIMARY KEY NOT NULL, keys TEXT) STRICT',
];

/** What a file of this version has. */
export const presentLayout = steps.length;

/** Lays out a new file; does nothing to one that is laid out. @throws DomainError `store.version` for a newer one. */
export function layOut(connection: Connection): void {
  if (layoutVersion(connection) > 0) return;
  inTransaction(connection, () => {
    // Read again inside: another process may have started at the same moment and done it.
    if (layoutVersion(connection) === 0) takeSteps(connection);
  });
}

/** The steps that the file lacks, in a transaction that the caller began. */
export function takeSteps(connection: Connection): void {
  for (const step of steps.slice(layoutVersion(connection))) connection.exec(step);
  connection.exec(`PRAGMA user_version = ${steps.length}`);
}

/** @throws DomainError `store.version` when the file was written by a newer version. */
export function layoutVersion(connection: Connection): number {
  const found = Number(connection.row('PRAGMA user_version')?.[0] ?? 0);
  // Writing to a layout we do not know would damage it; the operator has gone back to an older version.
  if (found > steps.length) throw new DomainError('store.version', { found, known: steps.length });
  return found;
}
