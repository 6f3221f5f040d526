/**
 * A query as a filter, an order and the index that answers it, without running it. The index is named to the server, so
 * that a query is answered from it or fails loudly; it never becomes a walk through the collection.
 */
import type { Instant } from '../../base/clock.ts';
import { type Position, readCursor } from '../cursor.ts';
import type { AnyCollection, Query, Scalar } from '../port.ts';
import { dateOf } from './documents.ts';
import { pathOf, type Table, type TableIndex } from './models.ts';

export type Filter = Readonly<Record<string, unknown>>;

export interface QueryPlan {
  readonly index: string;
  readonly filter: Filter;
  /** The paths that order the records within the query; the last record's values are the place of the next page. */
  readonly order: readonly string[];
  /** It asks who holds a unique value. */
  readonly isSingle: boolean;
  /** Where the next page begins. */
  readonly position?: Position;
  /** Each record comes once, at the first of its terms within the bounds. */
  readonly terms?: Terms;
}

interface Terms {
  readonly path: string;
  readonly from?: Scalar;
  readonly below?: Scalar;
}

/** @throws TypeError for a query that the collection does not declare; DomainError `input.invalid` for a wrong cursor. */
export function planQuery(table: Table, query: Query, now: Instant): QueryPlan {
  const index = table.indexes.get(query.index);
  if (index === undefined) throw new TypeError(`${table.collection.name} declares no index ${query.index}`);
  const { fields, unique, multiple } = index.declared;
  const equals = query.equals ?? [];
  const free = fields.slice(equals.length).map(pathOf);
  const isBounded = query.from !== undefined || query.below !== undefined;
  if (equals.length > fields.length || (isBounded && free.length === 0)) {
    throw new TypeError(`too many values for the index ${table.collection.name}.${query.index}`);
  }
  const order = free.length > 0 && unique ? free : [...free, '_id'];
  const isByTerms = multiple === true && free.length > 0;
  const { from, below } = query;
  const bounds = { ...(from === undefined ? {} : { from }), ...(below === undefined ? {} : { below }) };
  const filter = { $and: [index.condition, ...equalities(index, equals), ...bounded(free, bounds, isByTerms)] };
  return {
    index: index.name,
    filter: { ...filter, ...livingAt(table.collection, now) },
    order: isByTerms ? ['first', '_id'] : order,
    isSingle: unique === true && free.length === 0,
    ...(query.after === undefined
      ? {}
      : { position: readCursor(query.after, query.index, isByTerms ? 2 : order.length) }),
    ...(isByTerms ? { terms: { path: free[0] as string, ...bounds } } : {}),
  };
}

/** Nothing for a collection whose records do not expire. */
export const livingAt = ({ expiresAt }: AnyCollection, now: Instant): Filter =>
  expiresAt === undefined ? {} : { expiresAt: { $not: { $lte: dateOf(now) } } };

export const expiredAt = (now: Instant): Filter => ({ expiresAt: { $lte: dateOf(now) } });

const equalities = ({ declared }: TableIndex, equals: readonly Scalar[]): Filter[] =>
  // `$eq`, so that whatever comes is compared and never obeyed.
  equals.map((value, position) => ({ [pathOf(declared.fields[position] as string)]: { $eq: value } }));

function bounded(free: readonly string[], { from, below }: Omit<Terms, 'path'>, isByTerms: boolean): Filter[] {
  const [path] = free;
  if (path === undefined || (from === undefined && below === undefined)) return [];
  const range = { ...(from === undefined ? {} : { $gte: from }), ...(below === undefined ? {} : { $lt: below }) };
  // One term within both bounds, not one within each.
  return [{ [path]: isByTerms ? { $elemMatch: range } : range }];
}

/** Nothing to sort by where there is one record or none. */
export const sortOf = ({ order, isSingle }: QueryPlan, descending = false): Record<string, 1 | -1> =>
  isSingle ? {} : Object.fromEntries(order.map((path) => [path, descending ? -1 : 1]));

/** What comes after the position, in the order of the plan. */
export function beyond({ order, position }: QueryPlan, descending = false): Filter | undefined {
  if (position === undefined) return undefined;
  const farther = descending ? '$lt' : '$gt';
  const ways = order.map((path, place) => ({
    $and: [
      ...order.slice(0, place).map((earlier, at) => ({ [earlier]: { $eq: position[at] } })),
      { [path]: { [farther]: position[place] } },
    ],
  }));
  // The first alternative bounds the walk through the index; the rest only tells apart what shares the first value.
  return { $and: [{ [order[0] as string]: { [`${farther}e`]: position[0] } }, { $or: ways }] };
}

/** For a query by terms: the stage that finds out at which of its terms a record comes. */
export function firstTerm({ path, from, below }: Terms, descending = false): object {
  const within = [
    ...(from === undefined ? [] : [{ $gte: ['$$this', { $literal: from }] }]),
    ...(below === undefined ? [] : [{ $lt: ['$$this', { $literal: below }] }]),
  ];
  const terms = { $filter: { input: `$${path}`, cond: { $and: within } } };
  return { $set: { first: { [descending ? '$max' : '$min']: terms } } };
}
