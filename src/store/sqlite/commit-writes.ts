/**
 * The one way in which records change. For now every commit is a transaction, and a sync of the disk, of its own;
 * callers see only a promise that resolves when the writes are durable.
 */
import type { Clock } from '../../base/clock.ts';
import type { Write } from '../port.ts';
import { applyWrite } from './apply-write.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';
import { inTransaction } from './transaction.ts';

export async function commitWrites(
  connection: Connection,
  tables: Tables,
  clock: Clock,
  writes: readonly Write[],
): Promise<void> {
  if (writes.length === 0) return;
  inTransaction(connection, () => {
    // Read after the wait for other writers: by now a record may have expired.
    const now = clock.now();
    for (const write of writes) applyWrite(connection, tables, write, now);
  });
}
