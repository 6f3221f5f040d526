/** A record as a document, and back. Whatever JSON can say comes back as it was, if need be as JSON. */
import type { Instant } from '../../base/clock.ts';
import { checkRecord } from '../check-record.ts';
import type { AnyCollection, Stored, StoredRecord } from '../port.ts';
import type { RecordDocument } from './models.ts';

/** A document without what each writing gives it. */
export type Draft = Omit<RecordDocument, 'version'>;

/** @throws TypeError when the record is not what its collection declares. */
export function draftOf(collection: AnyCollection, record: StoredRecord): Draft {
  const expiresAt = checkRecord(collection, record);
  const body: Record<string, unknown> = {};
  let odd: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(record)) {
    if (field === 'id' || field === 'version' || value === undefined) continue;
    if (isPlain(value, 0)) body[field] = value;
    else odd = { ...odd, [field]: value };
  }
  return {
    _id: record.id,
    ...(expiresAt === null ? {} : { expiresAt: dateOf(expiresAt) }),
    body,
    ...(odd === undefined ? {} : { text: JSON.stringify(odd) }),
  };
}

export const documentOf = (draft: Draft, version: number): RecordDocument => ({ ...draft, version });

/** The document becomes the record: whoever has read it keeps no other. */
export function recordOf<T extends StoredRecord>({ _id, version, body, text }: RecordDocument): Stored<T> {
  const record = body as Record<string, unknown>;
  if (text !== undefined) Object.assign(record, JSON.parse(text));
  record.id = _id;
  record.version = version;
  return record as unknown as Stored<T>;
}

/** The latest that a date can say; a record that ends later does not end. */
const lastDate = 8.64e15;

export const dateOf = (instant: Instant): Date => new Date(Math.max(-lastDate, Math.min(lastDate, instant)));

/** The server refuses what is nested deeper than 180; a record is, by a few, itself. */
const deepest = 100;

/**
 * Whether BSON gives it back exactly. What it cannot hold is a field name with U+0000 and text that is no Unicode; what it
 * reads otherwise are names that mean something to it. Names with a dot it holds, but no update can address them.
 */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= deepest) return false;
  if (Array.isArray(value)) return value.every((element) => isPlain(element, depth + 1));
  return Object.entries(value).every(([name, held]) => isPlainName(name) && isPlain(held, depth + 1));
}

const isPlainName = (name: string): boolean =>
  name !== '' && !oddName.test(name) && name.isWellFormed() && !meantNames.has(name);

const oddName = /^\$|[.\0]/;

const meantNames = new Set(['__proto__', '_bsontype', 'toBSON', 'toObject', 'constructor']);
