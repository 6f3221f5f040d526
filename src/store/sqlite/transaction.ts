/** All of `work` or none of it, on disk when it returns. `work` is synchronous: nothing else can slip in between. */
import type { Connection } from './connection.ts';

/** @throws DomainError `store.unavailable` when another process keeps the file longer than the busy timeout. */
export function inTransaction<Result>(connection: Connection, work: () => Result): Result {
  // IMMEDIATE takes the writer's place before anything is read, so what `work` reads cannot move under it, and waiting
  // happens here; a transaction that read first and wrote later would fail instead of waiting.
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk or an I/O error has already rolled back.
    if (connection.isInTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
