/** One write, inside a transaction that somebody else began: what it does, and when it refuses. */
import type { Instant } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { StoredRecord, Write } from '../port.ts';
import type { Connection } from './connection.ts';
import { decodeRecord } from './decode-record.ts';
import { encodeRecord } from './encode-record.ts';
import type { Table, Tables } from './tables.ts';

/** @throws DomainError `store.conflict`, `store.duplicate`; the transaction must then be undone. */
export function applyWrite(connection: Connection, tables: Tables, write: Write, now: Instant): void {
  const table = tables.of(write.collection);
  switch (write.kind) {
    case 'insert':
      insertRecord(connection, table, write.record, now);
      break;
    case 'replace':
      replaceRecord(connection, table, write.record, write.record.version, now);
      break;
    case 'remove':
      removeRecord(connection, table, write, now);
      break;
    case 'add':
      addAmounts(connection, table, write, now);
      break;
    default:
      throw new TypeError(`no such write: ${write satisfies never}`);
  }
}

function insertRecord(connection: Connection, table: Table, record: StoredRecord, now: Instant): void {
  const { body, expiresAt } = encodeRecord(table.collection, record);
  const changed = claimingValues(connection, table, body, now, () =>
    connection.change(table.sql.insert, record.id, expiresAt, body, now),
  );
  if (changed === 0) throw new DomainError('store.duplicate', { collection: table.collection.name });
}

function replaceRecord(
  connection: Connection,
  table: Table,
  record: StoredRecord,
  version: number,
  now: Instant,
): void {
  const { body, expiresAt } = encodeRecord(table.collection, record);
  const changed = claimingValues(connection, table, body, now, () =>
    connection.change(table.sql.replace, expiresAt, body, record.id, version, now),
  );
  if (changed === 0) throw new DomainError('store.conflict', { collection: table.collection.name });
}

function removeRecord(connection: Connection, table: Table, write: Write & { kind: 'remove' }, now: Instant): void {
  if (write.version === undefined) {
    connection.change(table.sql.remove, write.id);
  } else if (connection.change(table.sql.removeVersion, write.id, write.version, now) === 0) {
    throw new DomainError('store.conflict', { collection: table.collection.name });
  }
}

function addAmounts(connection: Connection, table: Table, write: Write & { kind: 'add' }, now: Instant): void {
  if (write.otherwise.id !== write.id) throw new TypeError(`add to ${table.collection.name} would insert another id`);
  const row = connection.row(table.sql.get, write.id, now);
  if (row === undefined) {
    insertRecord(connection, table, write.otherwise, now);
    return;
  }
  const record = decodeRecord<StoredRecord & Record<string, unknown>>(row);
  const sums = Object.entries(write.amounts).map(([field, amount]) => {
    const present = record[field] ?? 0;
    if (typeof present !== 'number') throw new TypeError(`${table.collection.name}.${field} is not a number`);
    return [field, present + amount] as const;
  });
  replaceRecord(connection, table, { ...record, ...Object.fromEntries(sums) }, record.version, now);
}

/**
 * Tries the write, and once more after removing expired records that stand in its way: they do not exist any more, so
 * they must not keep a value taken. Trying first keeps the common case at one statement; a failed one leaves no trace.
 */
function claimingValues(connection: Connection, table: Table, body: string, now: Instant, write: () => number): number {
  try {
    return write();
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate')) throw error;
    const released = table.sql.releaseValues.map((sql) => connection.change(sql, now, body));
    if (released.every((count) => count === 0)) {
      throw new DomainError('store.duplicate', { collection: table.collection.name }, error.cause);
    }
    return write();
  }
}
