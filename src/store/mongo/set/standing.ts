/** How a set stands: each member asked by itself, then the primary about room, rights and indexes. Nothing is changed. */
import type { mongo } from 'mongoose';
import type { PrimaryFacts, SetStanding } from '../../set.ts';
import type { Address } from './address.ts';
import { type Asked, askMember, isNotLetIn } from './ask-member.ts';

/** What should be there: collections, each with the names of its indexes. */
export type ExpectedIndexes = ReadonlyMap<string, readonly string[]>;

export async function standingOf(address: Address, expected: ExpectedIndexes): Promise<SetStanding> {
  const clients = new Map<string, mongo.MongoClient>();
  const ask = (hosts: readonly string[]): Promise<readonly Asked[]> =>
    Promise.all(
      hosts.map((host) => {
        const client = address.clientOf(host);
        clients.set(host, client);
        return askMember(host, client);
      }),
    );
  try {
    const named = await ask(address.hosts);
    const arbiters = [...new Set(named.flatMap((one) => one.arbiters))];
    // Where the address names one member of three, the others are of the set all the same.
    const others = [...new Set(named.flatMap((one) => one.knows))].filter((host) => !clients.has(host));
    const asked = [...named, ...(await ask(others))].map(({ member }) => member);
    const members = [...asked.filter(({ host }) => !arbiters.includes(host)), ...arbiters.map(asArbiter)];
    const { set, database } = address;
    const primary = members.find(({ state }) => state === 'primary');
    const client = primary && clients.get(primary.host);
    const facts = client && (await askPrimary(client, database, expected));
    return { set, database, members, ...(facts ? { primary: facts } : {}) };
  } finally {
    await Promise.all([...clients.values()].map((client) => client.close()));
  }
}

/** It knows no users, and would let nobody in who comes with a password. */
const asArbiter = (host: string) => ({ host, state: 'arbiter' }) as const;

async function askPrimary(client: mongo.MongoClient, name: string, expected: ExpectedIndexes): Promise<PrimaryFacts> {
  const database = client.db(name);
  const admin = client.db('admin');
  const { authInfo } = await admin.command({ connectionStatus: 1, showPrivileges: true });
  // Where there are passwords, whoever comes without one is not answered this.
  const room = await allowed(database.command({ dbStats: 1 }));
  const isNobody = authInfo.authenticatedUsers.length === 0;
  const lacksRights = isNobody ? [] : lackedBy(authInfo.authenticatedUserPrivileges, name);
  const us = isNobody ? (room ? 'unasked' : 'unnamed') : 'known';
  const status = await allowed(admin.command({ serverStatus: 1, oplog: 1, repl: 0, metrics: 0, wiredTiger: 0 }));
  const oplog = await allowed(client.db('local').command({ collStats: 'oplog.rs' }));
  const config = await allowed(admin.command({ replSetGetConfig: 1 }));
  const { earliestOptime, latestOptime } = status?.oplog ?? {};
  // Before it has gone round, nothing of it is lost; the pace of a busy hour, an import say, would foretell too little.
  const isRound = oplog === undefined || oplog.size >= 0.9 * oplog.maxSize;
  const isKnown = earliestOptime !== undefined && latestOptime !== undefined;
  return {
    us,
    lacksRights: us === 'unnamed' ? neededRights : lacksRights,
    bytes: (room?.storageSize ?? 0) + (room?.indexSize ?? 0),
    // A database in which nothing was written yet knows of no disk.
    ...(room?.fsTotalSize > 0 ? { freeBytes: room?.fsTotalSize - room?.fsUsedSize } : {}),
    missingIndexes: us === 'unnamed' || lacksRights.length > 0 ? [] : await missingIn(database, expected),
    ...(isKnown
      ? { oplogWindow: isRound ? instantOf(latestOptime) - instantOf(earliestOptime) : Number.POSITIVE_INFINITY }
      : {}),
    ...(config === undefined ? {} : { isJournaled: config.config.writeConcernMajorityJournalDefault !== false }),
  };
}

/** The high half of a timestamp counts seconds. */
const instantOf = (timestamp: mongo.Timestamp): number => timestamp.getHighBitsUnsigned() * 1_000;

/** Undefined where the user may not ask. */
async function allowed(answer: Promise<mongo.Document>): Promise<mongo.Document | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotLetIn(error)) return undefined;
    throw error;
  }
}

/** Of the role readWrite, what is used here. */
const neededRights: readonly string[] = [
  'find',
  'insert',
  'update',
  'remove',
  'createCollection',
  'createIndex',
  'dropIndex',
  'listCollections',
  'listIndexes',
];

interface Privilege {
  readonly resource: { readonly db?: string; readonly collection?: string; readonly anyResource?: boolean };
  readonly actions: readonly string[];
}

function lackedBy(privileges: readonly Privilege[], database: string): readonly string[] {
  const applies = ({ resource: { db, collection, anyResource } }: Privilege): boolean =>
    anyResource === true || ((db === database || db === '') && collection === '');
  const held = new Set(privileges.filter(applies).flatMap(({ actions }) => actions));
  return neededRights.filter((action) => !held.has(action));
}

async function missingIn(database: mongo.Db, expected: ExpectedIndexes): Promise<readonly string[]> {
  const present = new Set(
    await database
      .listCollections({}, { nameOnly: true })
      .map(({ name }) => name)
      .toArray(),
  );
  const missing: string[] = [];
  for (const [collection, indexes] of expected) {
    if (!present.has(collection)) {
      missing.push(collection);
      continue;
    }
    const there = new Set((await database.collection(collection).indexes()).map(({ name }) => name));
    missing.push(...indexes.filter((index) => !there.has(index)).map((index) => `${collection}.${index}`));
  }
  return missing;
}
