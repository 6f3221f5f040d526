/** The reads: by id, and by index. An expired record is never among the answers. */
import type { Clock } from '../../base/clock.ts';
import type { Collection, Page, Query, Stored, StoredRecord } from '../port.ts';
import type { Connection } from './connection.ts';
import { type Position, writeCursor } from './cursor.ts';
import { decodeRecord } from './decode-record.ts';
import { planQuery } from './plan-query.ts';
import type { Tables } from './tables.ts';

const usualLimit = 100;
const highestLimit = 1_000;

export class RecordReader {
  readonly #connection: Connection;
  readonly #tables: Tables;
  readonly #clock: Clock;

  constructor(connection: Connection, tables: Tables, clock: Clock) {
    this.#connection = connection;
    this.#tables = tables;
    this.#clock = clock;
  }

  get<T extends StoredRecord>(collection: Collection<T>, id: string): Stored<T> | undefined {
    const row = this.#connection.row(this.#tables.of(collection).sql.get, id, this.#clock.now());
    return row && decodeRecord<T>(row);
  }

  find<T extends StoredRecord>(collection: Collection<T>, query: Query): Page<T> {
    const limit = Math.min(query.limit ?? usualLimit, highestLimit);
    if (!Number.isInteger(limit) || limit < 1) throw new TypeError(`not a number of records: ${query.limit}`);
    const { selection, parameters, order } = planQuery(this.#tables.of(collection), query, this.#clock.now());
    const direction = query.descending ? ' DESC' : '';
    const sorting = order.map((column) => column + direction).join(', ');
    const sql = `SELECT r.version, r.body, ${order.join(', ')} ${selection} ORDER BY ${sorting} LIMIT ?`;
    // One more than asked for tells whether there is a next page, so that no page is ever empty but the first.
    const rows = this.#connection.rows(sql, ...parameters, limit + 1);
    const records = rows.slice(0, limit).map((row) => decodeRecord<T>(row));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return last === undefined ? { records } : { records, next: writeCursor(query.index, last.slice(2) as Position) };
  }

  count<T extends StoredRecord>(collection: Collection<T>, query: Query): number {
    const { selection, parameters } = planQuery(this.#tables.of(collection), query, this.#clock.now());
    return Number(this.#connection.row(`SELECT count(*) ${selection}`, ...parameters)?.[0]);
  }
}
