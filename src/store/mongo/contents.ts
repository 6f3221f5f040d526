/**
 * A database whose whole contents are moved. Nobody can be kept out of a replica set, so whoever moves it looks for others
 * by himself. What is asked may be asked twice without harm: after an election it is, until the deadline.
 */
import mongoose, { type Connection, type mongo } from 'mongoose';
import type { ContentsMeans, OpenedContents, StoreContents } from '../contents.ts';
import { Answers } from './answers.ts';
import { copyMarkOf, moveCopyMark } from './copy-mark.ts';
import { databaseOf } from './database-of.ts';
import { diagnose } from './diagnose.ts';
import { documentOf, draftOf, recordOf } from './documents.ts';
import { isDuplicate } from './engine-error.ts';
import { Models, type RecordDocument } from './models.ts';
import { type MongoLimits, optionsOf } from './open-mongo.ts';
import { prepare, refuseNewer, standingsIn } from './prepare.ts';
import { refuseOld } from './refuse-old.ts';

export interface MongoContentsMeans extends Omit<ContentsMeans, 'make'> {
  readonly url: string;
  /** The address without its password. */
  readonly name: string;
  readonly limits: MongoLimits;
}

/** @throws DomainError as openMongo, but for `store.half_copied`. */
export async function openContents(means: MongoContentsMeans): Promise<OpenedContents> {
  const { url, limits, collections } = means;
  const connection = mongoose.createConnection();
  const models = new Models(connection, collections);
  try {
    await connection.openUri(url, optionsOf(url, limits));
    const database = connection.db as mongo.Db;
    await refuseOld(database);
    refuseNewer(await standingsIn(database).findOne({ _id: 'store' }));
    const { setName, hosts = [] } = await database.command({ hello: 1 });
    const identity = ['mongodb', setName, [...hosts].sort().join(), databaseOf(url)].join(':');
    return { kind: 'opened', contents: contentsOf(connection, models, identity, means) };
  } catch (error) {
    await connection.destroy(true).catch(() => undefined);
    throw await diagnose(url, error, limits.connectTimeout);
  }
}

function contentsOf(
  connection: Connection,
  models: Models,
  identity: string,
  { name, clock, limits }: MongoContentsMeans,
): StoreContents {
  const database = connection.db as mongo.Db;
  const answers = new Answers(limits.deadline, {});
  return {
    name,
    engine: 'mongodb',
    identity,
    isAlone: false,
    counts: () => answers.read(() => countsIn(database)),
    page: (collection, after, limit) =>
      answers.read(async () => {
        const filter = after === undefined ? {} : { _id: { $gt: after } };
        const found = models.of(collection).documents.find(filter, { sort: { _id: 1 }, limit, batchSize: limit });
        return (await found.toArray()).map((document) => recordOf(document));
      }),
    prepare: () => answers.read(() => prepare(models, { connection, clock })),
    write: async (collection, records) => {
      if (records.length === 0) return;
      const { documents } = models.of(collection);
      const written = records.map((record) => documentOf(draftOf(collection, record), record.version));
      await answers.read(() => put(documents, written));
    },
    remove: (collection, ids) =>
      answers.read(async () => {
        await models.of(collection).documents.deleteMany({ _id: { $in: [...ids] } });
      }),
    mark: () => answers.read(() => copyMarkOf(database)),
    moveMark: (from, to) => answers.read(() => moveCopyMark(database, from, to)),
    close: () => connection.destroy(true),
  };
}

/** Most often none of them is there, and to insert costs the servers a fraction of what to replace does. */
async function put(documents: mongo.Collection<RecordDocument>, written: readonly RecordDocument[]): Promise<void> {
  try {
    await documents.insertMany(written, { ordered: false });
  } catch (error) {
    // Some are: also where the first answer was lost, and this is the second asking.
    if (!isDuplicate(error)) throw error;
    const replacing = written.map((replacement) => ({
      replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true },
    }));
    await documents.bulkWrite(replacing, { ordered: false });
  }
}

async function countsIn(database: mongo.Db): Promise<Readonly<Record<string, number>>> {
  const listed = await database.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  // What begins with `system.` is the server's own: a profile that an operator has asked for, say.
  const ours = listed
    .map(({ name }) => name)
    .filter((name) => name !== standingsIn(database).collectionName && !name.startsWith('system.'));
  const counts: [string, number][] = [];
  for (const name of ours) counts.push([name, await database.collection(name).countDocuments()]);
  return Object.fromEntries(counts);
}
