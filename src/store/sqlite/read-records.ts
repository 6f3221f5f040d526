/** The reads: by id, and by index. An expired record is never among the answers. */
import type { Clock } from '../../base/clock.ts';
import { canBeId } from '../check-record.ts';
import { type Position, writeCursor } from '../cursor.ts';
import type { Collection, Index, Page, Query, Scalar, Stored, StoredRecord } from '../port.ts';
import type { StoreOperation, StoreWatch } from '../watch.ts';
import type { Connection, Row } from './connection.ts';
import { decodeRecord } from './decode-record.ts';
import type { KnownRecords } from './known-records.ts';
import { planQuery, toColumnValue } from './plan-query.ts';
import type { Snapshot } from './snapshot.ts';
import type { Table, Tables } from './tables.ts';

const usualLimit = 100;
const highestLimit = 1_000;

export interface ReadMeans {
  /** Without them each read is on its own and reads the file: where the connection is that of a writer too. */
  readonly shared?: { readonly snapshot: Snapshot; readonly known: KnownRecords } | undefined;
  /** Is told of reads of the file. What is answered from memory says nothing of it, and takes less time than telling. */
  readonly watch?: StoreWatch;
}

export class RecordReader {
  readonly #connection: Connection;
  readonly #tables: Tables;
  readonly #clock: Clock;
  readonly #snapshot: Snapshot | undefined;
  readonly #known: KnownRecords | undefined;
  readonly #watch: StoreWatch;

  constructor(connection: Connection, tables: Tables, clock: Clock, { shared, watch = {} }: ReadMeans = {}) {
    this.#connection = connection;
    this.#tables = tables;
    this.#clock = clock;
    this.#snapshot = shared?.snapshot;
    this.#known = shared?.known;
    this.#watch = watch;
  }

  get<T extends StoredRecord>(collection: Collection<T>, id: string): Stored<T> | undefined {
    if (!canBeId(collection, id)) return undefined;
    const { sql } = this.#tables.of(collection);
    const known = this.#known?.get(collection, id);
    if (known !== undefined) return known;
    const row = this.#asked('get', () => this.#connection.row(sql.get, id, this.#clock.now()));
    return row && this.#kept(collection, row);
  }

  find<T extends StoredRecord>(collection: Collection<T>, query: Query): Page<T> {
    const limit = Math.min(query.limit ?? usualLimit, highestLimit);
    if (!Number.isInteger(limit) || limit < 1) throw new TypeError(`not a number of records: ${query.limit}`);
    const table = this.#tables.of(collection);
    const holder = uniqueQuestion(table, query);
    if (holder !== undefined) {
      const found = this.#findHolder(collection, holder);
      return { records: found ? [found] : [] };
    }
    const now = this.#clock.now();
    const { selection, parameters, order } = planQuery(table, query, now);
    const direction = query.descending ? ' DESC' : '';
    const sorting = order.map((column) => column + direction).join(', ');
    const sql = `SELECT r.version, r.body, ${order.join(', ')} ${selection} ORDER BY ${sorting} LIMIT ?`;
    // One more than asked for tells whether there is a next page, so that no page is ever empty but the first.
    const rows = this.#asked('find', () => this.#connection.rows(sql, ...parameters, limit + 1));
    const records = rows.slice(0, limit).map((row) => decodeRecord<T>(row));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return last === undefined ? { records } : { records, next: writeCursor(query.index, last.slice(2) as Position) };
  }

  #findHolder<T extends StoredRecord>(
    collection: Collection<T>,
    { index, values, sql }: UniqueQuestion,
  ): Stored<T> | undefined {
    const known = this.#known?.getUnique(collection, index, values);
    if (known !== undefined) return known;
    const parameters = values.map(toColumnValue);
    const row = this.#asked('find', () => this.#connection.row(sql, ...parameters, this.#clock.now()));
    if (row === undefined) return undefined;
    const found = this.#kept(collection, row);
    this.#known?.keepHolder(index, values, found);
    return found;
  }

  #kept<T extends StoredRecord>(collection: Collection<T>, row: Row): Stored<T> {
    const record = decodeRecord<T>(row);
    this.#known?.keep(collection, record, String(row[1]).length);
    return record;
  }

  count<T extends StoredRecord>(collection: Collection<T>, query: Query): number {
    const { selection, parameters } = planQuery(this.#tables.of(collection), query, this.#clock.now());
    const row = this.#asked('count', () => this.#connection.row(`SELECT count(*) ${selection}`, ...parameters));
    return Number(row?.[0]);
  }

  #asked<Answer>(operation: StoreOperation, question: () => Answer): Answer {
    const begun = performance.now();
    try {
      this.#snapshot?.hold();
      return question();
    } finally {
      this.#watch.operationDone?.(operation, performance.now() - begun);
    }
  }
}

interface UniqueQuestion {
  readonly index: Index<StoredRecord>;
  readonly values: readonly Scalar[];
  readonly sql: string;
}

/** The commonest query: who holds this value? There is one answer or none, and nothing to order. */
function uniqueQuestion(table: Table, { index: name, equals, from, below, after }: Query): UniqueQuestion | undefined {
  const index = table.indexes.get(name);
  const isWhole = equals !== undefined && equals.length === index?.fields.length;
  if (!isWhole || from !== undefined || below !== undefined || after !== undefined) return undefined;
  const sql = table.sql.getUnique.get(name);
  return sql === undefined ? undefined : { index, values: equals, sql };
}
