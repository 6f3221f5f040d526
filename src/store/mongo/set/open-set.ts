/** The records of a set, opened to be looked at: no collection and no index is made, and nothing can be written. */
import mongoose, { type mongo } from 'mongoose';
import type { Clock } from '../../../base/clock.ts';
import { DomainError } from '../../../base/errors.ts';
import type { AnyCollection, Store } from '../../port.ts';
import type { OpenedSet } from '../../set.ts';
import { Answers } from '../answers.ts';
import { refuseHalfCopied } from '../copy-mark.ts';
import { databaseOf } from '../database-of.ts';
import { diagnose } from '../diagnose.ts';
import { Models } from '../models.ts';
import type { MongoLimits } from '../open-mongo.ts';
import { RecordReader } from '../read-records.ts';

export interface SetReading {
  readonly url: string;
  readonly limits: MongoLimits;
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
}

/** @throws DomainError as openMongo. */
export async function openSet({ url, limits, collections, clock }: SetReading): Promise<OpenedSet> {
  const connection = mongoose.createConnection();
  const models = new Models(connection, collections);
  try {
    await connection.openUri(url, {
      dbName: databaseOf(url),
      appName: 'sekisho',
      maxPoolSize: 2,
      // Whoever looks is not kept for as long as a login may wait for an election.
      serverSelectionTimeoutMS: limits.connectTimeout,
      connectTimeoutMS: limits.connectTimeout,
      readPreference: 'primary',
      autoIndex: false,
      autoCreate: false,
    });
    await refuseHalfCopied(connection.db as mongo.Db);
    const counts = await countsOf(connection.db as mongo.Db);
    const store = readingOnly(new RecordReader(models, clock), new Answers(limits.connectTimeout, {}), connection);
    return { store, counts: () => counts, close: () => connection.close(true) };
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw await diagnose(url, error, limits.connectTimeout);
  }
}

/** What the set keeps as its own count: exact enough, and no walk through a million records. */
async function countsOf(database: mongo.Db): Promise<Readonly<Record<string, number>>> {
  const names = await database
    .listCollections({ type: 'collection' }, { nameOnly: true })
    .map(({ name }) => name)
    .toArray();
  const counts = names.map(async (name) => [name, await database.collection(name).estimatedDocumentCount()] as const);
  return Object.fromEntries(await Promise.all(counts));
}

const readingOnly = (reader: RecordReader, answers: Answers, connection: mongoose.Connection): Store => ({
  get: (collection, id) => answers.read(() => reader.get(collection, id)),
  find: (collection, query) => answers.read(() => reader.find(collection, query)),
  count: (collection, query) => answers.read(() => reader.count(collection, query)),
  commit: async () => {
    throw new DomainError('store.unavailable', { reason: 'opened for reading' });
  },
  sweep: async () => 0,
  ping: () => answers.ping(connection),
  close: () => connection.close(true),
});
