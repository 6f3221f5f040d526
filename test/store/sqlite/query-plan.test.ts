/** No query may walk or sort a whole collection: a page costs what it shows, also among a million records. */
import { describe, expect, it } from '@jest/globals';
import { writeCursor } from '../../../src/store/cursor.ts';
import type { Query } from '../../../src/store/port.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { layOut } from '../../../src/store/sqlite/migrations.ts';
import { planQuery } from '../../../src/store/sqlite/plan-query.ts';
import { makeCollections } from '../../../src/store/sqlite/prepare-collections.ts';
import { Tables } from '../../../src/store/sqlite/tables.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';

const clock = new FakeClock();
const connection = new Connection({ path: ':memory:', busyTimeoutMs: 0 });
layOut(connection);
makeCollections(connection, sampleCollections, clock);
const tables = new Tables(sampleCollections);

/** The steps of the plan for `query`, and for a later page of it. */
function explain(collection: typeof courses | typeof tickets, query: Query): string {
  const { length } = planQuery(tables.of(collection), query, 0).order;
  const after = writeCursor(query.index, Array<string>(length).fill('x'));
  const steps = [query, { ...query, after }].flatMap((page) => {
    const { selection, parameters, order } = planQuery(tables.of(collection), page, 0);
    const sorting = order.map((column) => `${column}${query.descending ? ' DESC' : ''}`).join(', ');
    const sql = `EXPLAIN QUERY PLAN SELECT r.version, r.body ${selection} ORDER BY ${sorting} LIMIT 10`;
    return connection.rows(sql, ...parameters).map((row) => String(row[3]));
  });
  return steps.join('\n');
}

const shapes: Query[] = [
  { index: 'code' },
  { index: 'code', equals: ['a'] },
  { index: 'code', from: 'a', below: 'b' },
  { index: 'facultyYear' },
  { index: 'facultyYear', equals: ['a'] },
  { index: 'facultyYear', equals: ['a'], from: 1, below: 2 },
  { index: 'facultyYear', equals: ['a', 1] },
  { index: 'words' },
  { index: 'words', equals: ['a'] },
  { index: 'words', from: 'a', below: 'b' },
];

describe('a query plan', () => {
  it.each(shapes)('sorts nothing for %j, in either direction, on any page', (query) => {
    for (const descending of [false, true]) {
      expect(explain(courses, { ...query, descending })).not.toContain('TEMP B-TREE');
    }
  });

  it('starts a later page where the page before ended', () => {
    const plan = explain(courses, { index: 'facultyYear', equals: ['a', 1] }).split('\n');
    expect(plan.at(-1)).toContain('id>?');
  });

  it('looks a unique value up in its index also where records expire', () => {
    expect(explain(tickets, { index: 'seat', equals: ['a'] })).toContain('SEARCH r USING INDEX index_tickets_seat');
  });
});
