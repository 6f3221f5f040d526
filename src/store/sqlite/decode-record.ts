/** A row that begins with `version, body`, as the record that was stored. */
import type { Stored, StoredRecord } from '../port.ts';
import type { Row } from './connection.ts';

/** Frozen, since all who ask may be handed the same. */
export function decodeRecord<T extends StoredRecord>(row: Row): Stored<T> {
  const record = JSON.parse(String(row[1]));
  record.version = Number(row[0]);
  freeze(record);
  return record;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) freeze(part);
  Object.freeze(value);
}
