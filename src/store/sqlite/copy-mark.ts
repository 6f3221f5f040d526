/** Says of a file that a copy into it has begun and has not ended. A table of its own, there for so long only. */
import { DomainError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';
import { inTransaction } from './transaction.ts';

// An underscore: no table of a collection can bear the name.
const table = 'copy_mark';

export function copyMarkOf(connection: Connection): string | undefined {
  if (!connection.row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table)) return undefined;
  return String(connection.row(`SELECT run FROM ${table}`)?.[0]);
}

/** Whether it was `from`, and is `to` now. */
export const moveCopyMark = (connection: Connection, from: string | undefined, to: string | undefined): boolean =>
  inTransaction(connection, () => {
    if (copyMarkOf(connection) !== from) return false;
    connection.exec(`DROP TABLE IF EXISTS ${table}`);
    if (to === undefined) return true;
    connection.exec(`CREATE TABLE ${table} (run TEXT NOT NULL) STRICT`);
    connection.change(`INSERT INTO ${table} VALUES (?)`, to);
    return true;
  });

/** @throws DomainError `store.half_copied` */
export function refuseHalfCopied(connection: Connection, path: string): void {
  if (copyMarkOf(connection) !== undefined) throw new DomainError('store.half_copied', { path });
}
