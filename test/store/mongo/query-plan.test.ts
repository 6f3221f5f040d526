/** A query is answered from its index, in the order of it: whatever lies in the collection, nothing walks or sorts it whole. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { Models } from '../../../src/store/mongo/models.ts';
import { beyond, planQuery, sortOf } from '../../../src/store/mongo/plan-query.ts';
import { openStore } from '../../../src/store/open.ts';
import { insert, type Query, type Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { type Course, courses, tickets } from '../contract/sample-records.ts';

interface Explained {
  readonly queryPlanner: { readonly winningPlan: object };
  readonly executionStats: { readonly totalDocsExamined: number; readonly totalKeysExamined: number };
}

describeWith(mongodb, 'the way of a query', () => {
  const clock = new FakeClock();
  let database: FreshDatabase;
  let store: Store;
  let connection: mongoose.Connection;
  let models: Models;

  beforeAll(async () => {
    database = await freshDatabase();
    store = await openStore({ url: database.url, collections: [courses, tickets], clock });
    connection = await mongoose.createConnection(database.url).asPromise();
    models = new Models(connection, [courses, tickets]);
    const many: Course[] = Array.from({ length: 200 }, (_, number) => ({
      id: `c${number}`,
      code: `code${number}`,
      faculty: `f${number % 10}`,
      year: number % 7,
      isOpen: number % 2 === 0,
      words: [`w${number}`, 'all'],
    }));
    await store.commit(many.map((course) => insert(courses, course)));
    await store.commit(
      Array.from({ length: 50 }, (_, n) =>
        insert(tickets, { id: `t${n}`, holder: 'h', uses: 0, endsAt: clock.now() + 9 }),
      ),
    );
  });
  afterAll(async () => {
    await connection.close();
    await store.close();
    await database.drop();
  });

  const explained = async (collection: typeof courses | typeof tickets, query: Query) => {
    const table = models.of(collection);
    const plan = planQuery(table, query, clock.now());
    const rest = beyond(plan, query.descending);
    const filter = rest ? { $and: [plan.filter, rest] } : plan.filter;
    const found = table.documents.find(filter).sort(sortOf(plan, query.descending)).hint(plan.index).limit(10);
    return (await found.explain('executionStats')) as unknown as Explained;
  };

  const pagesOf = async (query: Query): Promise<Query[]> => {
    const { next } = await store.find(courses, { ...query, limit: 2 });
    return next === undefined ? [query] : [query, { ...query, after: next }];
  };

  it.each<[string, Query]>([
    ['by a unique value', { index: 'code', equals: ['code7'] }],
    ['all, in order', { index: 'code' }],
    ['backwards', { index: 'code', descending: true }],
    ['by the first of two fields', { index: 'facultyYear', equals: ['f3'] }],
    ['by both fields', { index: 'facultyYear', equals: ['f3', 3] }],
    ['from a bound on', { index: 'facultyYear', equals: ['f3'], from: 2 }],
    ['by a term', { index: 'words', equals: ['w11'] }],
    ['by a truth', { index: 'open', equals: [true] }],
  ])('goes through the index alone and sorts nothing: %s', async (_what, query) => {
    for (const asked of await pagesOf(query)) {
      const answer = await explained(courses, asked);
      const stages = JSON.stringify(answer.queryPlanner.winningPlan);
      expect(stages).toContain('IXSCAN');
      expect(stages).not.toMatch(/"COLLSCAN"|"SORT"/);
      expect(answer.executionStats.totalDocsExamined).toBeLessThanOrEqual(20);
      expect(answer.executionStats.totalKeysExamined).toBeLessThanOrEqual(30);
    }
  });

  it('goes on with a page where the one before ended, and not from the beginning', async () => {
    const { next: after = '' } = await store.find(courses, { index: 'code', limit: 150 });
    const { executionStats } = await explained(courses, { index: 'code', after });
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(20);
  });

  it('looks at an expired record only to leave it out', async () => {
    const answer = await explained(tickets, { index: 'holder', equals: ['h'] });
    expect(JSON.stringify(answer.queryPlanner.winningPlan)).not.toMatch(/"COLLSCAN"|"SORT"/);
  });

  it('fails loudly where its index is gone, instead of walking through the collection', async () => {
    const { name } = models.of(courses).indexes.get('open') as { name: string };
    await models.of(courses).documents.dropIndex(name);
    await expect(store.find(courses, { index: 'open', equals: [true] })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  });
});
