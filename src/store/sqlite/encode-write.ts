/**
 * A write as it goes to the writer: checked against its declaration while the caller can still be told, and made of
 * strings and numbers alone, so that it can go to another thread.
 */
import { checkId } from '../check-record.ts';
import type { Write } from '../port.ts';
import { encodeRecord } from './encode-record.ts';
import type { Tables } from './tables.ts';

export type EncodedWrite =
  | (EncodedBody & { readonly kind: 'insert' })
  | (EncodedBody & { readonly kind: 'replace'; readonly version: number })
  | (EncodedBody & { readonly kind: 'add'; readonly amounts: Readonly<Record<string, number>> })
  | { readonly kind: 'remove'; readonly collection: string; readonly id: string; readonly version?: number };

interface EncodedBody {
  readonly collection: string;
  readonly id: string;
  readonly body: string;
  readonly expiresAt: number | null;
}

/** @throws TypeError when the record is not what its collection declares, or the collection was not declared. */
export function encodeWrite(tables: Tables, write: Write): EncodedWrite {
  const { collection } = tables.of(write.collection);
  const { name } = collection;
  switch (write.kind) {
    case 'insert':
      return { kind: 'insert', collection: name, id: write.record.id, ...encodeRecord(collection, write.record) };
    case 'replace': {
      const { id, version } = write.record;
      return { kind: 'replace', collection: name, id, version, ...encodeRecord(collection, write.record) };
    }
    case 'remove':
      checkId(collection, write.id);
      return {
        kind: 'remove',
        collection: name,
        id: write.id,
        ...(write.version === undefined ? {} : { version: write.version }),
      };
    case 'add': {
      const { id, amounts, otherwise } = write;
      if (otherwise.id !== id) throw new TypeError(`add to ${name} would insert another id`);
      return { kind: 'add', collection: name, id, amounts, ...encodeRecord(collection, otherwise) };
    }
    default:
      throw new TypeError(`no such write: ${write satisfies never}`);
  }
}
