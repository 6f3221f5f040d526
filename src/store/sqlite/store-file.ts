/** A database file looked at from outside: what it is, whether it is whole, and what lies in it. Writes nothing. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { FileFault, OpenedFile, Reading, StoreFile } from '../files.ts';
import type { AnyCollection, Store } from '../port.ts';
import { Connection } from './connection.ts';
import { copyMarkOf } from './copy-mark.ts';
import { layoutVersion, presentLayout } from './migrations.ts';
import { changedIn } from './prepare-collections.ts';
import { RecordReader } from './read-records.ts';
import { Tables } from './tables.ts';

/** Milliseconds; a reader waits only while the last user of the file leaves it. */
const patience = 5_000;

export type Standing = 'store' | 'copy';

export function openStoreFile(path: string, standing: Standing, { collections, clock }: Reading): OpenedFile {
  const fault = faultOfHeader(path, standing);
  if (fault !== undefined) return { kind: 'refused', fault };
  let connection: Connection | undefined;
  try {
    connection = new Connection({ path, busyTimeoutMs: patience, access: 'reading' });
    const layout = layoutVersion(connection);
    const isOurs = connection.row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'collection'");
    const isHalf = copyMarkOf(connection) !== undefined;
    if (layout > 0 && isOurs && !isHalf)
      return { kind: 'opened', file: storeFile(path, connection, layout, collections, clock) };
    connection.close();
    return { kind: 'refused', fault: isHalf ? 'half_copied' : 'foreign' };
  } catch (error) {
    connection?.close();
    if (isDomainError(error, 'store.version')) return { kind: 'refused', fault: 'newer' };
    if (isDomainError(error, 'store.unavailable')) return { kind: 'refused', fault: 'unreadable' };
    throw error;
  }
}

/** https://sqlite.org/fileformat2.html#the_database_header */
function faultOfHeader(path: string, standing: Standing): FileFault | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || (found.isFile() && found.size === 0)) return 'absent';
  const header = found.isFile() ? headerOf(path) : undefined;
  if (!header) return 'foreign';
  // A store in use may be growing at this moment, and says less of itself in its file than lies beside it.
  if (standing === 'store') return undefined;
  if (header[18] !== 1) return 'live';
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return header.readUInt32BE(28) * pageSize > found.size ? 'truncated' : undefined;
}

/** Undefined when the file is no database. SQLite is not asked: it would throw away what lies beside such a file. */
export function headerOf(path: string): Buffer | undefined {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    const isWhole = readSync(file, header, 0, header.length, 0) === header.length;
    return isWhole && header.toString('latin1', 0, 16) === 'SQLite format 3\0' ? header : undefined;
  } finally {
    closeSync(file);
  }
}

function storeFile(
  path: string,
  connection: Connection,
  layout: number,
  collections: readonly AnyCollection[],
  clock: Clock,
): StoreFile {
  return {
    path,
    isLayoutPresent: layout === presentLayout && changedIn(connection, collections).length === 0,
    ...lastUpgradeOf(connection, layout),
    bytes: statSync(path).size,
    waitingBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    store: readingStore(connection, collections, clock),
    counts: () => countsIn(connection),
    damage(depth) {
      const check = depth === 'quick' ? 'PRAGMA quick_check(20)' : 'PRAGMA integrity_check(20)';
      try {
        return connection
          .rows(check)
          .map(([line]) => String(line))
          .filter((line) => line !== 'ok');
      } catch (error) {
        if (!isDomainError(error, 'store.unavailable')) throw error;
        return [Error.isError(error.cause) ? error.cause.message : 'it cannot be read to its end'];
      }
    },
    close: () => connection.close(),
  };
}

function lastUpgradeOf(connection: Connection, layout: number): Pick<StoreFile, 'lastUpgrade'> {
  // Layouts before the second have no such table.
  const row = layout < 2 ? undefined : connection.row('SELECT at, backup FROM upgrade ORDER BY rowid DESC LIMIT 1');
  return row ? { lastUpgrade: { at: Number(row[0]), backup: String(row[1]) } } : {};
}

/** Of every collection that the file has. */
export function countsIn(connection: Connection): Readonly<Record<string, number>> {
  const names = connection.rows('SELECT name FROM collection ORDER BY name').map(([name]) => String(name));
  return Object.fromEntries(names.map((name) => [name, countOf(connection, name)]));
}

/** The name comes out of a file that somebody else may have written. */
const countOf = (connection: Connection, name: string): number =>
  /^[a-zA-Z][a-zA-Z0-9]*$/.test(name) ? Number(connection.row(`SELECT count(*) FROM record_${name}`)?.[0]) : Number.NaN;

function readingStore(connection: Connection, collections: readonly AnyCollection[], clock: Clock): Store {
  const reader = new RecordReader(connection, new Tables(collections), clock);
  const refuse = async (): Promise<never> => {
    throw new DomainError('store.unavailable', { reason: 'opened for reading' });
  };
  return {
    get: async (collection, id) => reader.get(collection, id),
    find: async (collection, query) => reader.find(collection, query),
    count: async (collection, query) => reader.count(collection, query),
    commit: refuse,
    sweep: refuse,
    ping: async () => {},
    close: async () => connection.close(),
  };
}
