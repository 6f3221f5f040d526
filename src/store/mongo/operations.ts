/** A write as an operation of the database, and what its outcome must count if nothing was in its way. */
import type { mongo } from 'mongoose';
import type { Instant } from '../../base/clock.ts';
import { checkId } from '../check-record.ts';
import type { Write } from '../port.ts';
import { type Draft, dateOf, documentOf, draftOf } from './documents.ts';
import { type Models, pathOf, type RecordDocument, type Table } from './models.ts';
import { livingAt } from './plan-query.ts';

/** A write that was found to be what its collection declares, while the caller can still be told. */
export type PlannedWrite = { readonly table: Table; readonly id: string } & (
  | { readonly kind: 'insert'; readonly draft: Draft }
  | { readonly kind: 'replace'; readonly draft: Draft; readonly version: number }
  | { readonly kind: 'remove'; readonly version?: number }
  | { readonly kind: 'add'; readonly draft: Draft; readonly amounts: Readonly<Record<string, number>> }
);

/** @throws TypeError when the record is not what its collection declares, or the collection was not declared. */
export function planWrite(models: Models, write: Write): PlannedWrite {
  const table = models.of(write.collection);
  const { collection } = table;
  switch (write.kind) {
    case 'insert':
      return { kind: 'insert', table, id: write.record.id, draft: draftOf(collection, write.record) };
    case 'replace': {
      const { id, version } = write.record;
      return { kind: 'replace', table, id, version, draft: draftOf(collection, write.record) };
    }
    case 'remove':
      checkId(collection, write.id);
      return {
        kind: 'remove',
        table,
        id: write.id,
        ...(write.version === undefined ? {} : { version: write.version }),
      };
    case 'add': {
      const { id, amounts, otherwise } = write;
      if (otherwise.id !== id) throw new TypeError(`add to ${collection.name} would insert another id`);
      return { kind: 'add', table, id, amounts, draft: draftOf(collection, otherwise) };
    }
    default:
      throw new TypeError(`no such write: ${write satisfies never}`);
  }
}

/** When, and over which expired records: their versions by id, which the new ones must not repeat. */
export interface Occasion {
  readonly now: Instant;
  readonly expired?: ReadonlyMap<string, number>;
}

/** What of an outcome counts the operation: each of these must come to the number of operations that it counts. */
export type Counted = 'inserted' | 'matched' | 'deleted' | 'nothing';

export interface Operation {
  readonly bulk: mongo.AnyBulkWriteOperation<RecordDocument>;
  readonly counted: Counted;
}

export function operationOf(write: PlannedWrite, { now, expired }: Occasion): Operation {
  const { table, id } = write;
  const living = livingAt(table.collection, now);
  switch (write.kind) {
    case 'insert': {
      const document = documentOf(write.draft, 1 + (expired?.get(id) ?? 0));
      return { bulk: { insertOne: { document } }, counted: 'inserted' };
    }
    case 'replace': {
      const { version, draft } = write;
      const replacement = documentOf(draft, version + 1);
      return { bulk: { replaceOne: { filter: { _id: id, version, ...living }, replacement } }, counted: 'matched' };
    }
    case 'remove': {
      const { version } = write;
      if (version === undefined) return { bulk: { deleteOne: { filter: { _id: id } } }, counted: 'nothing' };
      return { bulk: { deleteOne: { filter: { _id: id, version, ...living } } }, counted: 'deleted' };
    }
    case 'add':
      return {
        bulk: { updateOne: { filter: { _id: id }, update: additionOf(write, now), upsert: true } },
        counted: 'matched',
      };
    default:
      throw new TypeError(`no such write: ${write satisfies never}`);
  }
}

/** In one step: adds to the record that is there; where there is none, or an expired one, it becomes `otherwise`. */
function additionOf({ table, draft, amounts }: Extract<PlannedWrite, { readonly kind: 'add' }>, now: Instant) {
  const isThere = { $ne: [{ $type: '$version' }, 'missing'] };
  const hasExpired = {
    $lte: [{ $ifNull: ['$expiresAt', dateOf(Number.POSITIVE_INFINITY)] }, { $literal: dateOf(now) }],
  };
  const isAlive = table.collection.expiresAt === undefined ? isThere : { $and: [isThere, { $not: [hasExpired] }] };
  const state = { version: { $add: [{ $ifNull: ['$version', 0] }, 1] } };
  const sums = Object.entries(amounts).map(([field, amount]) => [
    field,
    { $add: [{ $ifNull: [`$${pathOf(field)}`, 0] }, amount] },
  ]);
  const added = { ...state, body: { $mergeObjects: ['$body', Object.fromEntries(sums)] } };
  return [
    {
      $replaceWith: {
        $cond: [
          isAlive,
          { $mergeObjects: ['$$ROOT', added] },
          // `$literal`, since a text may begin with a dollar sign.
          { $mergeObjects: [{ $literal: draft }, state] },
        ],
      },
    },
  ];
}
