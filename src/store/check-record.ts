/**
 * Whether a record holds what its collection declares. Silently a wrong field would stay out of its index, and a record
 * that no query finds is noticed only when somebody is locked out.
 */
import type { Instant } from '../base/clock.ts';
import type { AnyCollection, Scalar, StoredRecord } from './port.ts';

/** @throws TypeError for what is no text: a bug of the caller, which must not look like a store that is out of order. */
export function checkAskedId({ name }: AnyCollection, id: unknown): void {
  if (typeof id !== 'string') throw new TypeError(`a ${name} record is asked for by no id`);
}

/** @throws TypeError for what is no text: MongoDB takes an object for a question, and would remove whatever answers it. */
export function checkId({ name }: AnyCollection, id: unknown): void {
  if (typeof id !== 'string' || id === '') throw new TypeError(`a ${name} record has no id`);
}

/** When the record expires, null for never. @throws TypeError naming the field that is wrong. */
export function checkRecord(collection: AnyCollection, record: StoredRecord): Instant | null {
  const fields = record as unknown as Readonly<Record<string, unknown>>;
  checkId(collection, record.id);
  for (const index of collection.indexes) {
    const isRight = index.multiple ? isTextList : isScalar;
    for (const field of index.fields) {
      if (!isMissing(fields[field]) && !isRight(fields[field])) throw wrongField(collection, field);
    }
  }
  const expiresAt = collection.expiresAt === undefined ? null : (fields[collection.expiresAt] ?? null);
  if (expiresAt !== null && !Number.isSafeInteger(expiresAt)) throw wrongField(collection, collection.expiresAt ?? '');
  return expiresAt as Instant | null;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === 'string');

const wrongField = (collection: AnyCollection, field: string): TypeError =>
  new TypeError(`${collection.name}.${field} does not hold what its declaration says`);
