/** Writes groups on the caller's thread: for a database in memory, which no second connection can see. */
import type { Clock } from '../../base/clock.ts';
import type { Connection } from './connection.ts';
import type { Tables } from './tables.ts';
import { writeGroup } from './write-group.ts';
import type { GroupWriter } from './writer.ts';

export const localWriter = (connection: Connection, tables: Tables, clock: Clock): GroupWriter => ({
  write: async (tasks) => writeGroup(connection, tables, tasks, () => clock.now()),
  close: async () => undefined,
});
