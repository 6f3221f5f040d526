/** The embedded engine behind the port: one file, or none for tests; several processes may have it open. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import type { AnyCollection, Store } from '../port.ts';
import { checkCollections } from './check-collections.ts';
import { Connection } from './connection.ts';
import { encodeWrite } from './encode-write.ts';
import { localWriter } from './local-writer.ts';
import { migrate } from './migrations.ts';
import { prepareCollections } from './prepare-collections.ts';
import { RecordReader } from './read-records.ts';
import { Tables } from './tables.ts';
import { threadWriter } from './thread-writer.ts';
import { Writer } from './writer.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. */
  readonly path: string;
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  /** How long a write waits for another process, in milliseconds. */
  readonly busyTimeoutMs?: number;
}

/**
 * @throws DomainError `store.version` for a file of a newer version, `store.unavailable` for one that cannot be used,
 *   `store.duplicate` when a newly unique index finds a value twice; TypeError for a wrong declaration.
 */
export function openSqlite({ path, collections, clock, busyTimeoutMs = 5_000 }: SqliteOptions): Store {
  checkCollections(collections);
  const isMemory = path === ':memory:';
  const file = { path: isMemory ? path : prepareFile(path), busyTimeoutMs };
  const connection = new Connection(file);
  try {
    migrate(connection);
    prepareCollections(connection, collections, clock);
  } catch (error) {
    connection.close();
    throw error;
  }
  const tables = new Tables(collections);
  const reader = new RecordReader(connection, tables, clock);
  const writer = new Writer(
    isMemory ? localWriter(connection, tables, clock) : threadWriter({ ...file, collections }, clock),
  );
  return {
    get: async (collection, id) => reader.get(collection, id),
    find: async (collection, query) => reader.find(collection, query),
    count: async (collection, query) => reader.count(collection, query),
    commit: async (writes) => {
      if (writes.length === 0) return;
      await writer.run({ kind: 'commit', writes: writes.map((write) => encodeWrite(tables, write)) });
    },
    sweep: (limit) => writer.run({ kind: 'sweep', limit }),
    ping: async () => {
      // A read of the file itself; `SELECT 1` would be answered without it.
      connection.row('SELECT count(*) FROM sqlite_schema');
    },
    close: async () => {
      await writer.close();
      connection.close();
    },
  };
}

/** Makes the file before SQLite does: readable by its owner alone. SQLite gives its side files the same mode. */
function prepareFile(path: string): string {
  const absolute = resolve(path);
  try {
    mkdirSync(dirname(absolute), { recursive: true, mode: 0o700 });
    closeSync(openSync(absolute, 'a', 0o600));
  } catch (error) {
    throw new DomainError('store.unavailable', { path: absolute }, error);
  }
  return absolute;
}
