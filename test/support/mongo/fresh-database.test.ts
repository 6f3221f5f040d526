import { afterEach, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { describeWith } from '../needs.ts';
import { type FreshDatabase, freshDatabase, mongodb } from './fresh-database.ts';

describeWith(mongodb, 'a database of the shared set', () => {
  const open: FreshDatabase[] = [];
  const fresh = async () => {
    const database = await freshDatabase();
    open.push(database);
    return database;
  };
  afterEach(async () => {
    for (const database of open.splice(0)) await database.drop();
  });

  it('is empty, whatever another was given', async () => {
    const [one, other] = [await fresh(), await fresh()];
    await visit(one, (db) => db.collection('things').insertOne({ kept: true }));
    expect(await visit(one, (db) => db.collection('things').countDocuments())).toBe(1);
    expect(await visit(other, (db) => db.listCollections().toArray())).toEqual([]);
  });

  it('takes a transaction over two collections, acknowledged by the majority', async () => {
    const database = await fresh();
    const client = new mongoose.mongo.MongoClient(database.url);
    try {
      await client.withSession((session) =>
        session.withTransaction(
          async () => {
            await client.db().collection('first').insertOne({}, { session });
            await client.db().collection('second').insertOne({}, { session });
          },
          { writeConcern: { w: 'majority' } },
        ),
      );
      expect(await client.db().collection('second').countDocuments()).toBe(1);
    } finally {
      await client.close();
    }
  });

  it('is gone after it was dropped', async () => {
    const database = await freshDatabase();
    await visit(database, (db) => db.collection('things').insertOne({}));
    await database.drop();
    expect(await visit(database, (db) => db.listCollections().toArray())).toEqual([]);
  });
});

async function visit<T>({ url }: FreshDatabase, act: (db: mongoose.mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongoose.mongo.MongoClient(url);
  try {
    return await act(client.db());
  } finally {
    await client.close();
  }
}
