/**
 * A replica set of one's own, of real mongods on loopback, for tests that kill, freeze or unseat members. It takes three seconds
 * and 400 MB: a test that only needs a database asks fresh-database.ts. Elections take as long as in production (MongoDB's own
 * settings) unless `electionTimeoutMs` says otherwise. The collector of expired records is off: tests live in the past.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server-core';
import { askMember, type Credentials, tryMember } from './ask-member.ts';
import { type Member, memberOf } from './member.ts';
import { mongod, mongodVersion } from './mongod.ts';
import { makeFolder } from './stale-folders.ts';
import { until } from './until.ts';
import { unusedPorts } from './unused-ports.ts';

export interface ReplicaSetWishes {
  /** 3 unless said. */
  readonly members?: number;
  /** `sekisho` unless said. */
  readonly name?: string;
  /** MongoDB's 10,000 unless said. */
  readonly electionTimeoutMs?: number;
  /** With access control, and this user with the role root. */
  readonly root?: Credentials;
  readonly collectsExpired?: boolean;
}

export interface ReplicaSet {
  readonly name: string;
  readonly members: readonly Member[];
  /** A connection string; without credentials unless some are given. */
  url(database: string, credentials?: Credentials): string;
  /** Waits until there is one. */
  primary(): Promise<Member>;
  /** Waits until there is another. */
  stepDown(): Promise<void>;
  /** Waits until all members that run are primary or secondary. */
  settled(): Promise<void>;
  /** Waits until no member that runs takes itself for the primary: the last one notices after `electionTimeoutMs`. */
  headless(): Promise<void>;
  close(): Promise<void>;
}

/** So that the first election and the first copies do not take the seconds that they take in production. */
const hastyHeart = { electionTimeoutMillis: 500, heartbeatIntervalMillis: 200 };

export async function startReplicaSet(wishes: ReplicaSetWishes = {}): Promise<ReplicaSet> {
  const { members: count = 3, name = 'sekisho', root } = wishes;
  const folder = makeFolder();
  const ports = await unusedPorts(count);
  const library = new MongoMemoryReplSet({
    binary: { systemBinary: mongod.path, version: mongodVersion() },
    instanceOpts: ports.map((port) => ({ port, dbPath: newFolder(folder, String(port)), launchTimeout: 60_000 })),
    replSet: {
      name,
      count,
      storageEngine: 'wiredTiger',
      args: mongodArguments(wishes),
      configSettings: hastyHeart,
      ...(root && { auth: { enable: true, customRootName: root.name, customRootPwd: root.password } }),
    },
  });
  const set = controlsOf(library, folder, { name, ...(root && { root }) });
  try {
    await library.start();
    await set.settled();
    await set.calm(wishes.electionTimeoutMs ?? 10_000);
  } catch (error) {
    await set.close();
    throw error;
  }
  return set;
}

function mongodArguments({ collectsExpired = false }: ReplicaSetWishes): string[] {
  const parameters = [`ttlMonitorEnabled=${collectsExpired}`, 'diagnosticDataCollectionEnabled=false'];
  return ['--wiredTigerCacheSizeGB', '0.25', ...parameters.flatMap((parameter) => ['--setParameter', parameter])];
}

interface Controls extends ReplicaSet {
  calm(electionTimeoutMillis: number): Promise<void>;
}

function controlsOf(
  library: MongoMemoryReplSet,
  folder: string,
  { name, root }: { readonly name: string; readonly root?: Credentials },
): Controls {
  const hosts = () => library.servers.map((server) => `127.0.0.1:${server.instanceInfo?.port}`);
  let known: Member[] = [];
  const members = () => {
    if (known.length === 0) known = library.servers.map((server, index) => memberOf(server, hosts()[index] ?? ''));
    return known;
  };
  const alive = () => members().filter(({ isAlive }) => isAlive);
  const primary = () =>
    until('a primary', 60, async () => {
      for (const member of alive()) {
        if ((await tryMember(member.host, { hello: 1 }))?.isWritablePrimary === true) return member;
      }
      return undefined;
    });
  return {
    name,
    get members() {
      return members();
    },
    primary,
    url: (database, credentials) => {
      const user =
        credentials && `${encodeURIComponent(credentials.name)}:${encodeURIComponent(credentials.password)}@`;
      return `mongodb://${user ?? ''}${hosts().join(',')}/${database}?replicaSet=${name}${user ? '&authSource=admin' : ''}`;
    },
    async stepDown() {
      const { host } = await primary();
      await askMember(host, { replSetStepDown: 60, secondaryCatchUpPeriodSecs: 10 }, root);
      await until('another primary', 60, async () => ((await primary()).host === host ? undefined : true));
    },
    async settled() {
      await until('all members to be primary or secondary', 60, async () => {
        await primary();
        const replies = await Promise.all(alive().map(({ host }) => tryMember(host, { hello: 1 })));
        return replies.every((reply) => reply?.isWritablePrimary === true || reply?.secondary === true) || undefined;
      });
    },
    async headless() {
      await until('the set to have no primary', 60, async () => {
        const replies = await Promise.all(alive().map(({ host }) => tryMember(host, { hello: 1 })));
        return replies.every((reply) => reply?.isWritablePrimary === false) || undefined;
      });
    },
    async calm(electionTimeoutMillis) {
      const { host } = await primary();
      const { config } = (await askMember(host, { replSetGetConfig: 1 }, root)) as { config: ReplicaSetConfig };
      const settings = { ...config.settings, electionTimeoutMillis, heartbeatIntervalMillis: 2_000 };
      await askMember(host, { replSetReconfig: { ...config, version: config.version + 1, settings } }, root);
    },
    async close() {
      // Nothing here is worth a shutdown in good order, which takes seconds and fails for a member that is frozen.
      await Promise.all(alive().map((member) => member.kill()));
      await library.stop({ doCleanup: true, force: false });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
}

function newFolder(parent: string, name: string): string {
  const path = join(parent, name);
  mkdirSync(path);
  return path;
}
