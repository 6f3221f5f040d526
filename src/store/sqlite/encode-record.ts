/** A record as it goes into its row: the body without `version`, and the columns that are not computed from the body. */
import type { Instant } from '../../base/clock.ts';
import { checkRecord } from '../check-record.ts';
import type { AnyCollection, StoredRecord } from '../port.ts';

export interface EncodedRecord {
  readonly body: string;
  readonly expiresAt: Instant | null;
}

/** @throws TypeError when a field does not hold what the collection declares. */
export const encodeRecord = (collection: AnyCollection, record: StoredRecord): EncodedRecord => {
  const expiresAt = checkRecord(collection, record);
  return { body: JSON.stringify({ ...record, version: undefined }), expiresAt };
};
