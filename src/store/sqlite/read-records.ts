/** The reads: by id, and by index. An expired record is never among the answers. */
import type { Clock } from '../../base/clock.ts';
import { checkAskedId } from '../check-record.ts';
import { type Position, writeCursor } from '../cursor.ts';
import type { Collection, Page, Query, Stored, StoredRecord } from '../port.ts';
import type { Connection } from './connection.ts';
import { decodeRecord } from './decode-record.ts';
import { planQuery, toColumnValue } from './plan-query.ts';
import type { Snapshot } from './snapshot.ts';
import type { Table, Tables } from './tables.ts';

const usualLimit = 100;
const highestLimit = 1_000;

export class RecordReader {
  readonly #connection: Connection;
  readonly #tables: Tables;
  readonly #clock: Clock;
  readonly #snapshot: Snapshot | undefined;

  /** Without `snapshot` each read is on its own: where the connection is that of a writer too. */
  constructor(connection: Connection, tables: Tables, clock: Clock, snapshot?: Snapshot) {
    this.#connection = connection;
    this.#tables = tables;
    this.#clock = clock;
    this.#snapshot = snapshot;
  }

  get<T extends StoredRecord>(collection: Collection<T>, id: string): Stored<T> | undefined {
    checkAskedId(collection, id);
    this.#snapshot?.hold();
    const row = this.#connection.row(this.#tables.of(collection).sql.get, id, this.#clock.now());
    return row && decodeRecord<T>(row);
  }

  find<T extends StoredRecord>(collection: Collection<T>, query: Query): Page<T> {
    const limit = Math.min(query.limit ?? usualLimit, highestLimit);
    if (!Number.isInteger(limit) || limit < 1) throw new TypeError(`not a number of records: ${query.limit}`);
    const table = this.#tables.of(collection);
    const now = this.#clock.now();
    this.#snapshot?.hold();
    const unique = uniqueStatement(table, query);
    if (unique !== undefined) {
      const row = this.#connection.row(unique, ...(query.equals ?? []).map(toColumnValue), now);
      return { records: row ? [decodeRecord<T>(row)] : [] };
    }
    const { selection, parameters, order } = planQuery(table, query, now);
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
    this.#snapshot?.hold();
    return Number(this.#connection.row(`SELECT count(*) ${selection}`, ...parameters)?.[0]);
  }
}

/** The commonest query: who holds this value? There is one answer or none, and nothing to order. */
function uniqueStatement({ indexes, sql }: Table, { index, equals, from, below, after }: Query): string | undefined {
  const isWhole = equals?.length === indexes.get(index)?.fields.length;
  return isWhole && from === undefined && below === undefined && after === undefined
    ? sql.getUnique.get(index)
    : undefined;
}
