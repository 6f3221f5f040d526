/** A record as it goes into its row: the body without `version`, and the columns that are not computed from the body. */
import type { AnyCollection, StoredRecord } from '../port.ts';

export interface EncodedRecord {
  readonly body: string;
  readonly expiresAt: number | null;
}

/**
 * @throws TypeError when a field does not hold what the collection declares. Silently it would stay out of its index,
 *   and a record that no query finds is noticed only when somebody is locked out.
 */
export function encodeRecord(collection: AnyCollection, record: StoredRecord): EncodedRecord {
  const fields = record as unknown as Readonly<Record<string, unknown>>;
  if (typeof record.id !== 'string' || record.id === '') throw new TypeError(`a ${collection.name} record has no id`);
  for (const index of collection.indexes) {
    const isRight = index.multiple ? isTextList : isScalar;
    for (const field of index.fields) {
      if (!isMissing(fields[field]) && !isRight(fields[field])) throw wrongField(collection, field);
    }
  }
  const expiresAt = collection.expiresAt === undefined ? null : (fields[collection.expiresAt] ?? null);
  if (expiresAt !== null && !Number.isSafeInteger(expiresAt)) throw wrongField(collection, collection.expiresAt ?? '');
  return { body: JSON.stringify({ ...record, version: undefined }), expiresAt: expiresAt as number | null };
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === 'string');

const wrongField = (collection: AnyCollection, field: string): TypeError =>
  new TypeError(`${collection.name}.${field} does not hold what its declaration says`);
