/**
 * Whether a record holds what its collection declares. Silently a wrong field would stay out of its index, and a record
 * that no query finds is noticed only when somebody is locked out.
 */
import type { Instant } from '../base/clock.ts';
import { DomainError } from '../base/errors.ts';
import { isDeeper } from '../base/is-deeper.ts';
import type { AnyCollection, Scalar, StoredRecord } from './port.ts';

/**
 * SQLite reads no JSON deeper than 1,000 (https://sqlite.org/json1.html), and fails the statement. MongoDB takes no more than 180,
 * and is given as text what is deep (mongo/documents.ts). Nothing of ours comes near; what a stranger sends might.
 */
const deepest = 500;

/**
 * Whether any record can bear it: both engines write half a surrogate pair as U+FFFD and would find the record of another id.
 * @throws TypeError for what is no text: a bug of the caller, which must not look like a store that is out of order.
 */
export function canBeId({ name }: AnyCollection, id: unknown): boolean {
  if (typeof id !== 'string') throw new TypeError(`a ${name} record is asked for by no id`);
  return id.isWellFormed();
}

/**
 * @throws TypeError for what is no text: MongoDB takes an object for a question, and would remove whatever answers it.
 *   DomainError `input.invalid` for half a surrogate pair: the record that it is written to, or removed, is another.
 */
export function checkId({ name }: AnyCollection, id: unknown): void {
  if (typeof id !== 'string' || id === '') throw new TypeError(`a ${name} record has no id`);
  if (!id.isWellFormed())
    throw new DomainError('input.invalid', { collection: name, reason: 'an id that is no Unicode' });
}

/**
 * When the record expires, null for never.
 * @throws TypeError naming the field that is wrong; DomainError `input.invalid` for one that no engine would take.
 */
export function checkRecord(collection: AnyCollection, record: StoredRecord): Instant | null {
  const fields = record as unknown as Readonly<Record<string, unknown>>;
  checkId(collection, record.id);
  if (isDeeper(record, deepest)) {
    throw new DomainError('input.invalid', { collection: collection.name, reason: 'nested too deep' });
  }
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
