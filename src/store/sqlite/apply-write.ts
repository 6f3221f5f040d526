/** One write, inside a transaction that somebody else began: what it does, and when it refuses. */
import type { Instant } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { StoredRecord } from '../port.ts';
import type { Connection } from './connection.ts';
import { decodeRecord } from './decode-record.ts';
import { encodeRecord } from './encode-record.ts';
import type { EncodedWrite } from './encode-write.ts';
import type { Table, Tables } from './tables.ts';

type Written<Kind extends EncodedWrite['kind']> = Extract<EncodedWrite, { readonly kind: Kind }>;

/**
 * @returns how many expired records were removed because they stood in its way.
 * @throws DomainError `store.conflict`, `store.duplicate`; what this commit wrote before must then be undone.
 */
export function applyWrite(connection: Connection, tables: Tables, write: EncodedWrite, now: Instant): number {
  const table = tables.named(write.collection);
  switch (write.kind) {
    case 'insert':
      return insertRecord(connection, table, write, now);
    case 'replace':
      return replaceRecord(connection, table, write, now);
    case 'remove':
      removeRecord(connection, table, write, now);
      return 0;
    case 'add':
      return addAmounts(connection, table, write, now);
    default:
      throw new TypeError(`no such write: ${write satisfies never}`);
  }
}

function insertRecord(
  connection: Connection,
  table: Table,
  write: Omit<Written<'insert'>, 'kind'>,
  now: Instant,
): number {
  const { id, body, expiresAt } = write;
  const { changed, removed } = claimingValues(connection, table, body, now, () =>
    connection.change(table.sql.insert, id, expiresAt, body, now),
  );
  if (changed === 0) throw new DomainError('store.duplicate', { collection: table.collection.name });
  return removed;
}

function replaceRecord(
  connection: Connection,
  table: Table,
  write: Omit<Written<'replace'>, 'kind' | 'collection'>,
  now: Instant,
): number {
  const { id, version, body, expiresAt } = write;
  const { changed, removed } = claimingValues(connection, table, body, now, () =>
    connection.change(table.sql.replace, expiresAt, body, id, version, now),
  );
  if (changed === 0) throw new DomainError('store.conflict', { collection: table.collection.name });
  return removed;
}

function removeRecord(connection: Connection, table: Table, write: Written<'remove'>, now: Instant): void {
  if (write.version === undefined) {
    connection.change(table.sql.remove, write.id);
  } else if (connection.change(table.sql.removeVersion, write.id, write.version, now) === 0) {
    throw new DomainError('store.conflict', { collection: table.collection.name });
  }
}

function addAmounts(connection: Connection, table: Table, write: Written<'add'>, now: Instant): number {
  const row = connection.row(table.sql.get, write.id, now);
  if (row === undefined) return insertRecord(connection, table, write, now);
  const record = decodeRecord<StoredRecord & Record<string, unknown>>(row);
  const sums = Object.entries(write.amounts).map(([field, amount]) => {
    const present = record[field] ?? 0;
    if (typeof present !== 'number') throw new TypeError(`${table.collection.name}.${field} is not a number`);
    return [field, present + amount] as const;
  });
  const { id, version } = record;
  const encoded = encodeRecord(table.collection, { ...record, ...Object.fromEntries(sums) });
  return replaceRecord(connection, table, { id, version, ...encoded }, now);
}

/**
 * Tries the write, and once more after removing expired records that stand in its way: they do not exist any more, so
 * they must not keep a value taken. Trying first keeps the common case at one statement; a failed one leaves no trace.
 */
function claimingValues(
  connection: Connection,
  table: Table,
  body: string,
  now: Instant,
  write: () => number,
): { readonly changed: number; readonly removed: number } {
  try {
    return { changed: write(), removed: 0 };
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate')) throw error;
    const removed = table.sql.releaseValues.reduce((sum, sql) => sum + connection.change(sql, now, body), 0);
    if (removed === 0) throw new DomainError('store.duplicate', { collection: table.collection.name }, error.cause);
    return { changed: write(), removed };
  }
}
