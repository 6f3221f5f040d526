/** A replica set behind the port: for everything beyond one machine, with any number of nodes at once. */
import mongoose, { type Connection, type mongo } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import type { AnyCollection, Store } from '../port.ts';
import type { StoreWatch } from '../watch.ts';
import { Answers } from './answers.ts';
import { type Commit, commitAlone, commitGroup } from './commit.ts';
import { CommitQueue } from './commit-queue.ts';
import { refuseHalfCopied } from './copy-mark.ts';
import { databaseOf } from './database-of.ts';
import { DeadTransactions } from './dead-transactions.ts';
import { diagnose } from './diagnose.ts';
import { Models } from './models.ts';
import { openOrRefuse } from './open-or-refuse.ts';
import { planWrite } from './operations.ts';
import { prepare } from './prepare.ts';
import { RecordReader } from './read-records.ts';
import { refuseOld } from './refuse-old.ts';
import { sweepExpired } from './sweep-expired.ts';

export interface MongoLimits {
  /** Connections to the primary at most. */
  readonly pool: number;
  /** Milliseconds for which a read or a write is tried again. */
  readonly deadline: number;
  /** Milliseconds. */
  readonly connectTimeout: number;
}

export interface MongoOptions {
  /** With the name of the set. */
  readonly url: string;
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  readonly limits: MongoLimits;
  readonly watch?: StoreWatch;
}

/**
 * @throws DomainError `store.unreachable`, `store.no_primary`, `store.standalone`, `store.wrong_set`, `store.forbidden`,
 *   `store.too_old`, `store.version`, `store.upgrade_failed`, `store.half_copied`; TypeError for a wrong declaration.
 */
export async function openMongo({ url, collections, clock, limits, watch = {} }: MongoOptions): Promise<Store> {
  const connection = mongoose.createConnection();
  const models = new Models(connection, collections);
  try {
    await openOrRefuse(connection, url, optionsOf(url, limits), limits.connectTimeout);
    await refuseOld(connection.db as mongo.Db);
    await refuseHalfCopied(connection.db as mongo.Db);
    await prepare(models, { connection, clock, building: watch.building });
  } catch (error) {
    await connection.destroy(true).catch(() => undefined);
    throw await diagnose(url, error, limits.connectTimeout);
  }
  return storeOn(connection, models, { clock, limits, watch });
}

function storeOn(
  connection: Connection,
  models: Models,
  { clock, limits, watch }: Required<Pick<MongoOptions, 'clock' | 'limits' | 'watch'>>,
): Store {
  const reader = new RecordReader(models, clock);
  const means = { connection, clock, deadline: limits.deadline };
  const answers = new Answers(limits.deadline, watch);
  const ways = {
    alone: (commit: Commit) => commitAlone(means, commit),
    group: (commits: readonly Commit[]) => commitGroup(means, commits),
  };
  const queue = new CommitQueue(ways, limits.deadline);
  const dead = new DeadTransactions(connection);
  let closing: Promise<void> | undefined;
  return {
    get: (collection, id) => answers.read(() => reader.get(collection, id)),
    find: (collection, query) => answers.read(() => reader.find(collection, query)),
    count: (collection, query) => answers.read(() => reader.count(collection, query)),
    commit: async (writes) => {
      if (writes.length === 0) return;
      const planned = writes.map((write) => planWrite(models, write));
      await answers.written(() => dead.keepFrom(() => queue.run(planned)));
    },
    // What was swept twice is gone once.
    sweep: (limit) => answers.written(() => answers.read(() => sweepExpired(models, clock.now(), limit))),
    ping: () => answers.ping(connection),
    close: () => {
      closing ??= queue.close().then(async () => {
        answers.close();
        await connection.destroy(true);
      });
      return closing;
    },
  };
}

/** Milliseconds; a server that has fallen silent is noticed within this and the time that a connection may take. */
const heartbeat = 2_000;

export const optionsOf = (url: string, { pool, deadline, connectTimeout }: MongoLimits): mongoose.ConnectOptions => ({
  dbName: databaseOf(url),
  appName: 'sekisho',
  maxPoolSize: pool,
  connectTimeoutMS: connectTimeout,
  serverSelectionTimeoutMS: deadline,
  waitQueueTimeoutMS: deadline,
  heartbeatFrequencyMS: heartbeat,
  readPreference: 'primary',
  readConcernLevel: 'local',
  retryReads: true,
  retryWrites: true,
  w: 'majority',
  ignoreUndefined: true,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
});
