/**
 * A query as SQL, without running it. INDEXED BY and CROSS JOIN say which way to go, so that a query is answered from
 * its index or fails loudly; it never becomes a walk through the table when the planner changes its mind.
 */
import type { SQLInputValue } from 'node:sqlite';
import type { Instant } from '../../base/clock.ts';
import { readCursor } from '../cursor.ts';
import type { Query, Scalar } from '../port.ts';
import { columnOf, elementTableOf, indexNameOf, tableOf } from './layout.ts';
import type { Table } from './tables.ts';

export interface QueryPlan {
  /** FROM and WHERE: everything about which records they are. */
  readonly selection: string;
  readonly parameters: readonly SQLInputValue[];
  /** The columns that order the records within the query; the last record's values are the place of the next page. */
  readonly order: readonly string[];
}

/** @throws TypeError for a query that the collection does not declare. */
export function planQuery(table: Table, query: Query, now: Instant): QueryPlan {
  const source = sourceOf(table, query);
  const equals = query.equals ?? [];
  const free = source.columns.slice(equals.length);
  const isBounded = query.from !== undefined || query.below !== undefined;
  if (equals.length > source.columns.length || (isBounded && free.length === 0)) {
    throw new TypeError(`too many values for the index ${table.collection.name}.${query.index}`);
  }
  const order = free.length > 0 && source.isUnique ? free : [...free, source.id];
  const conditions = [...source.conditions];
  const parameters: SQLInputValue[] = [];
  const demand = (condition: string, ...values: readonly Scalar[]): void => {
    conditions.push(condition);
    parameters.push(...values.map(toColumnValue));
  };
  equals.forEach((value, position) => {
    demand(`${source.columns[position]} = ?`, value);
  });
  if (query.from !== undefined) demand(`${free[0]} >= ?`, query.from);
  if (query.below !== undefined) demand(`${free[0]} < ?`, query.below);
  if (table.collection.expiresAt !== undefined) demand('(r.expires_at IS NULL OR r.expires_at > ?)', now);
  if (source.elements !== undefined && free.length > 0) demand(...firstElementOnly(source.elements, query));
  if (query.after !== undefined) {
    const position = readCursor(query.after, query.index, order.length);
    demand(`(${order.join(', ')}) ${query.descending ? '<' : '>'} (${order.map(() => '?').join(', ')})`, ...position);
  }
  return { selection: `FROM ${source.from} WHERE ${conditions.join(' AND ')}`, parameters, order };
}

interface Source {
  readonly from: string;
  readonly columns: readonly string[];
  readonly id: string;
  readonly isUnique: boolean;
  readonly conditions: readonly string[];
  /** The side table of a `multiple` index. */
  readonly elements?: string;
}

function sourceOf({ collection, indexes }: Table, query: Query): Source {
  const index = indexes.get(query.index);
  if (index === undefined) throw new TypeError(`${collection.name} declares no index ${query.index}`);
  const isUnique = index.unique === true;
  if (index.multiple) {
    const elements = elementTableOf(collection, index);
    const from = `${elements} AS e CROSS JOIN ${tableOf(collection)} AS r`;
    return { from, columns: ['e.value'], id: 'e.id', isUnique, conditions: ['r.id = e.id'], elements };
  }
  const from = `${tableOf(collection)} AS r INDEXED BY ${indexNameOf(collection, index)}`;
  const columns = index.fields.map((field) => `r.${columnOf(field)}`);
  return { from, columns, id: 'r.id', isUnique, conditions: columns.map((column) => `${column} IS NOT NULL`) };
}

/** A record with several elements within the bounds comes once, at the first of them in the order asked for. */
function firstElementOnly(elements: string, query: Query): [string, ...Scalar[]] {
  const bound = query.descending ? query.below : query.from;
  const earlier = query.descending ? 's.value > e.value' : 's.value < e.value';
  const within = bound === undefined ? '' : ` AND s.value ${query.descending ? '<' : '>='} ?`;
  const condition = `NOT EXISTS (SELECT 1 FROM ${elements} AS s WHERE s.id = e.id AND ${earlier}${within})`;
  return bound === undefined ? [condition] : [condition, bound];
}

export const toColumnValue = (value: Scalar): SQLInputValue => (typeof value === 'boolean' ? Number(value) : value);
