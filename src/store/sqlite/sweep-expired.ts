/** Removes records that have expired. Reads never show them; this only gives their room back. */
import type { Clock } from '../../base/clock.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';
import { inTransaction } from './transaction.ts';

/** Removes at most `limit`, so that a long-neglected store does not keep writers waiting; answers how many. */
export function sweepExpired(connection: Connection, tables: Tables, clock: Clock, limit: number): number {
  const now = clock.now();
  return inTransaction(connection, () => {
    let removed = 0;
    for (const { collection, sql } of tables) {
      if (collection.expiresAt === undefined || removed >= limit) continue;
      removed += connection.change(sql.sweep, now, limit - removed);
    }
    return removed;
  });
}
