/** The set behind an address, for whoever looks after it. Each act opens what it needs and closes it. */
import mongoose, { type mongo } from 'mongoose';
import type { AnyCollection } from '../../port.ts';
import type { StoreSet } from '../../set.ts';
import { refuseHalfCopied } from '../copy-mark.ts';
import { databaseOf } from '../database-of.ts';
import { diagnose } from '../diagnose.ts';
import { engineError } from '../engine-error.ts';
import { Models } from '../models.ts';
import type { MongoLimits } from '../open-mongo.ts';
import { indexesOf, refuseNewer, standingsIn } from '../prepare.ts';
import { readAddress } from './address.ts';
import { initiateSet } from './initiate.ts';
import { openSet } from './open-set.ts';
import { type ExpectedIndexes, standingOf } from './standing.ts';

export type StoreSetActs = Omit<StoreSet, 'name'>;

export const storeSet = (url: string, limits: MongoLimits): StoreSetActs => ({
  standing: async (collections) => {
    const address = await readAddress(url, limits.connectTimeout);
    return told(standingOf(address, expectedFor(collections)));
  },
  initiate: async () => told(initiateSet(await readAddress(url, limits.connectTimeout))),
  openStore: (collections, clock) => openSet({ url, limits, collections, clock }),
  forget: (collections) => forget(url, limits, collections),
});

/** A server may go away between two questions. */
async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw engineError(error);
  }
}

/** Asks no server: the declarations say what the indexes are called. */
function expectedFor(collections: readonly AnyCollection[]): ExpectedIndexes {
  const connection = mongoose.createConnection();
  const tables = [...new Models(connection, collections)];
  // It was never opened; without this the library would keep it.
  void connection.destroy();
  return new Map(tables.map((table) => [table.collection.name, indexesOf(table).map(({ name }) => String(name))]));
}

/** Acknowledged by most of the members, so that no election brings them back. */
async function forget(
  url: string,
  limits: MongoLimits,
  collections: readonly AnyCollection[],
): Promise<Readonly<Record<string, number>>> {
  const connection = mongoose.createConnection();
  try {
    await connection.openUri(url, {
      dbName: databaseOf(url),
      serverSelectionTimeoutMS: limits.deadline,
      retryWrites: true,
      w: 'majority',
    });
    const database = connection.db as mongo.Db;
    await refuseHalfCopied(database);
    refuseNewer(await standingsIn(database).findOne({ _id: 'store' }));
    const removed: Record<string, number> = {};
    for (const { name } of collections) {
      const { deletedCount } = await database.collection(name).deleteMany({});
      removed[name] = deletedCount;
    }
    return removed;
  } catch (error) {
    throw await diagnose(url, error, limits.connectTimeout);
  } finally {
    await connection.close(true);
  }
}
