/** What a node that was killed in the middle of a transaction leaves behind. The servers themselves would keep it for a minute. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openStore } from '../../../src/store/open.ts';
import { add, insert, type Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';

describeWith(mongodb, 'a transaction that its node did not live to end', () => {
  let database: FreshDatabase;
  let store: Store;
  let dead: mongoose.mongo.MongoClient;
  const addOne = add(tickets, 't1', { uses: 1 }, { id: 't1', uses: 1 });

  beforeEach(async () => {
    database = await freshDatabase();
    store = await openStore({ url: database.url, collections: sampleCollections, clock: new FakeClock() });
    await store.commit([addOne]);
    dead = new mongoose.mongo.MongoClient(database.url, { appName: 'sekisho' });
    const session = dead.startSession();
    session.startTransaction();
    await dead
      .db()
      .collection('tickets')
      .updateMany({}, { $set: { 'body.uses': 100 } }, { session });
  }, 60_000);
  afterEach(async () => {
    await dead.close();
    await store.close();
    await database.drop();
  });

  it.each([
    ['one write', [addOne]],
    ['several', [addOne, insert(courses, { id: 'c1' })]],
  ])(
    'keeps nobody from its records: %s',
    async (_, writes) => {
      await store.commit(writes);
      expect((await store.get(tickets, 't1'))?.uses).toBe(2);
    },
    60_000,
  );
});
