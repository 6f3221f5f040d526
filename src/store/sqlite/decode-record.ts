/** A row that begins with `version, body`, as the record that was stored. */
import type { Stored, StoredRecord } from '../port.ts';
import type { Row } from './connection.ts';

export function decodeRecord<T extends StoredRecord>(row: Row): Stored<T> {
  const record = JSON.parse(String(row[1]));
  record.version = Number(row[0]);
  return record;
}
