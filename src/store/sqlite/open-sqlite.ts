/** The embedded engine behind the port: one file, or none for tests; several processes may have it open. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import { checkCollections } from '../check-collections.ts';
import type { AnyCollection, Store } from '../port.ts';
import type { StoreWatch } from '../watch.ts';
import { ChangeReader } from './changes.ts';
import { Connection } from './connection.ts';
import { refuseHalfCopied } from './copy-mark.ts';
import { encodeWrite } from './encode-write.ts';
import { KnownRecords } from './known-records.ts';
import { localWriter } from './local-writer.ts';
import { layOut } from './migrations.ts';
import { makeCollections } from './prepare-collections.ts';
import { RecordReader } from './read-records.ts';
import { settleLog } from './settle-log.ts';
import { Snapshot } from './snapshot.ts';
import { Tables } from './tables.ts';
import { threadWriter } from './thread-writer.ts';
import { upgradeFile } from './upgrade.ts';
import { watchedWriter } from './watched-writer.ts';
import { type GroupWriter, Writer } from './writer.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. */
  readonly path: string;
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  /** How long a write waits for another process, in milliseconds. */
  readonly busyTimeoutMs?: number;
  readonly watch?: StoreWatch;
}

/**
 * @throws DomainError `store.version` for a file of a newer version, `store.in_use` for one of an older version that some
 *   process has open, `store.upgrade_failed`, `store.half_copied`, `store.unavailable` for one that cannot be used; TypeError for a wrong
 *   declaration.
 */
export function openSqlite({ path, collections, clock, busyTimeoutMs = 5_000, watch = {} }: SqliteOptions): Store {
  checkCollections(collections);
  const isMemory = path === ':memory:';
  const file = { path: isMemory ? path : prepareFile(path), busyTimeoutMs };
  if (!isMemory) settleLog(file.path);
  const upgraded = isMemory ? undefined : upgradeFile({ ...file, collections, clock, patience: busyTimeoutMs });
  if (upgraded) watch.upgraded?.(upgraded);
  const connection = new Connection(file);
  try {
    refuseHalfCopied(connection, file.path);
    layOut(connection);
    makeCollections(connection, collections, clock);
  } catch (error) {
    connection.close();
    throw error;
  }
  const tables = new Tables(collections);
  const shared = isMemory
    ? undefined
    : {
        snapshot: new Snapshot(connection),
        known: new KnownRecords(new ChangeReader(connection), clock),
      };
  const reader = new RecordReader(connection, tables, clock, { shared, watch });
  const written = isMemory ? localWriter(connection, tables, clock) : threadWriter({ ...file, collections }, clock);
  const groups = watchedWriter(written, watch);
  const writer = new Writer(watch.groupWritten ? timed(groups, watch.groupWritten) : groups);
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
      if (groups.isFailing()) await writer.run({ kind: 'probe' });
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

const timed = (groups: GroupWriter, told: NonNullable<StoreWatch['groupWritten']>): GroupWriter => ({
  async write(tasks) {
    const begun = performance.now();
    try {
      return await groups.write(tasks);
    } finally {
      told({ commits: tasks.length, milliseconds: performance.now() - begun });
    }
  },
  close: () => groups.close(),
});
