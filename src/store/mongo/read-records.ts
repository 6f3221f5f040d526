/** Reads: always from the primary, so that everybody sees what anybody was told is written. */
import type { Clock } from '../../base/clock.ts';
import { canBeId } from '../check-record.ts';
import { type Position, writeCursor } from '../cursor.ts';
import type { Collection, Page, Query, Stored, StoredRecord } from '../port.ts';
import { recordOf } from './documents.ts';
import { GatheredGets } from './gather-gets.ts';
import type { Models, RecordDocument, Table } from './models.ts';
import { beyond, firstTerm, planQuery, type QueryPlan, sortOf } from './plan-query.ts';

const usualLimit = 100;
const highestLimit = 1_000;

type Placed = RecordDocument & { readonly first?: string };

export class RecordReader {
  readonly #models: Models;
  readonly #clock: Clock;
  readonly #gets = new GatheredGets();

  constructor(models: Models, clock: Clock) {
    this.#models = models;
    this.#clock = clock;
  }

  async get<T extends StoredRecord>(collection: Collection<T>, id: string): Promise<Stored<T> | undefined> {
    const table = this.#models.of(collection);
    // It would fail for all that are asked together with it.
    if (!canBeId(collection, id)) return undefined;
    const document = await this.#gets.get(table, id);
    if (document === undefined) return undefined;
    const { expiresAt } = document;
    return expiresAt !== undefined && expiresAt.getTime() <= this.#clock.now() ? undefined : recordOf<T>(document);
  }

  async find<T extends StoredRecord>(collection: Collection<T>, query: Query): Promise<Page<T>> {
    const limit = Math.min(query.limit ?? usualLimit, highestLimit);
    if (!Number.isInteger(limit) || limit < 1) throw new TypeError(`not a number of records: ${query.limit}`);
    const table = this.#models.of(collection);
    const plan = planQuery(table, query, this.#clock.now());
    // One more than asked for tells whether there is a next page, so that no page is ever empty but the first.
    const found = await (plan.terms ? byTerms : byFields)(table, plan, query.descending, limit + 1);
    const last = found.length > limit ? found[limit - 1] : undefined;
    // Before the documents become records.
    const next = last && writeCursor(query.index, positionOf(plan, last));
    const records = found.slice(0, limit).map((document) => recordOf<T>(document));
    return next === undefined ? { records } : { records, next };
  }

  async count<T extends StoredRecord>(collection: Collection<T>, query: Query): Promise<number> {
    const table = this.#models.of(collection);
    const { filter, index } = planQuery(table, query, this.#clock.now());
    return await table.model.countDocuments(filter).hint(index);
  }
}

function byFields({ model }: Table, plan: QueryPlan, descending: boolean | undefined, limit: number) {
  const rest = beyond(plan, descending);
  return model
    .find(rest ? { $and: [plan.filter, rest] } : plan.filter)
    .sort(sortOf(plan, descending))
    .hint(plan.index)
    .limit(limit)
    .lean<Placed[]>();
}

/** The server orders a record by the least of all its terms, within the bounds or not: so the term is found out first. */
async function byTerms(
  { documents }: Table,
  plan: QueryPlan,
  descending: boolean | undefined,
  limit: number,
): Promise<readonly Placed[]> {
  const rest = beyond(plan, descending);
  const stages = [
    { $match: plan.filter },
    ...(plan.terms ? [firstTerm(plan.terms, descending)] : []),
    ...(rest ? [{ $match: rest }] : []),
    { $sort: sortOf(plan, descending) },
    { $limit: limit },
  ];
  return await documents.aggregate<Placed>(stages, { hint: plan.index }).toArray();
}

function positionOf({ order }: QueryPlan, document: Placed): Position {
  return order.map((path) => {
    if (path === '_id') return document._id;
    return (path === 'first' ? document.first : document.body[path.slice('body.'.length)]) as string | number | boolean;
  });
}
