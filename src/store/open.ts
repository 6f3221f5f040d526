/** Chooses the engine by the configured address. The only file that may name one. */
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { DomainError } from '../base/errors.ts';
import type { ContentsMeans, OpenedContents } from './contents.ts';
import type { StoreFiles } from './files.ts';
import type { MongoLimits } from './mongo/open-mongo.ts';
import type { AnyCollection, Store } from './port.ts';
import type { StoreSet } from './set.ts';
import { copyStore } from './sqlite/backup.ts';
import { openContents as openFileContents } from './sqlite/contents.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { bringBeside, occupancyOf, placeStore } from './sqlite/restore.ts';
import { openStoreFile } from './sqlite/store-file.ts';
import { timedCommits, timedStore } from './timed-store.ts';
import type { StoreWatch } from './watch.ts';

export interface StoreOptions {
  /** `sqlite:<path>`, `sqlite::memory:`, or the connection string of a replica set with its name. */
  readonly url: string;
  readonly mongo?: MongoLimits;
  /** Every collection that will be used; a changed declaration rebuilds its indexes here. */
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  readonly watch?: StoreWatch;
}

/**
 * @throws DomainError `config.invalid` for an unknown address, `store.version`, `store.in_use`, `store.upgrade_failed`,
 *   `store.unavailable`; of a replica set those that openMongo names.
 */
export async function openStore({
  url,
  mongo = usualLimits,
  collections,
  clock,
  watch = {},
}: StoreOptions): Promise<Store> {
  const told = watch.operationDone?.bind(watch);
  const path = sqlitePath(url);
  if (path !== undefined) {
    const store = openSqlite({ path, collections, clock, watch });
    return told ? timedCommits(store, told) : store;
  }
  // The address itself stays out of the error: one with a password in it would reach the log.
  if (!isMongo(url)) throw new DomainError('config.invalid', { path: 'store.url' });
  // Loaded only here: who keeps the embedded store does not pay for a driver.
  const { openMongo } = await import('./mongo/open-mongo.ts');
  const store = await openMongo({ url, collections, clock, limits: mongo, watch });
  return told ? timedStore(store, told) : store;
}

/** As the configuration has them unless told, in milliseconds. */
const usualLimits: MongoLimits = { pool: 50, deadline: 20_000, connectTimeout: 5_000 };

/**
 * Everything in a store, for whoever moves it whole. Also of one that is half copied; closes like a store.
 * @throws DomainError `config.invalid` for an unknown address and for a store in memory; what openStore throws otherwise.
 */
export async function openContents({ url, mongo = usualLimits, ...means }: ContentsOptions): Promise<OpenedContents> {
  const name = storeSetOf({ url })?.name;
  if (name !== undefined) {
    const { openContents: openSetContents } = await import('./mongo/contents.ts');
    return openSetContents({ ...means, url, name, limits: mongo });
  }
  const path = storeFilesOf(url)?.path;
  if (path === undefined) throw new DomainError('config.invalid', { path: 'store.url' });
  // By its own name: a link must not make two stores of one.
  return openFileContents(existsSync(path) ? realpathSync(path) : path, means);
}

export type ContentsOptions = Pick<StoreOptions, 'url' | 'mongo'> & ContentsMeans;

/** Undefined where records lie in no file of ours: in memory, or in a database that has its own ways of backup. */
export function storeFilesOf(url: string): StoreFiles | undefined {
  const named = sqlitePath(url);
  if (named === undefined || named === ':memory:') return undefined;
  const path = resolve(named);
  return {
    path,
    openStore: (reading) => openStoreFile(path, 'store', reading),
    openCopy: (copy, reading) => openStoreFile(copy, 'copy', reading),
    copy: (to, id) => copyStore(path, to, id),
    bring: (from, id) => bringBeside(path, from, id),
    occupancy: () => occupancyOf(path),
    place: (draft, stamp) => placeStore(path, draft, stamp),
  };
}

/**
 * Undefined where records lie on no set of servers.
 * @throws nothing; its acts throw `config.invalid` for an address that the driver does not understand.
 */
export function storeSetOf({ url, mongo = usualLimits }: Pick<StoreOptions, 'url' | 'mongo'>): StoreSet | undefined {
  if (!isMongo(url)) return undefined;
  // Loaded only when something is asked: who keeps the embedded store does not pay for a driver.
  const acts = async () => (await import('./mongo/set/store-set.ts')).storeSet(url, mongo);
  return {
    // Up to the last @: in a password that somebody did not escape, and that no driver takes, there may be anything.
    name: url.replace(/^(mongodb(?:\+srv)?:\/\/)(?:.*@)?([^?]*).*$/s, '$1$2'),
    standing: async (collections) => (await acts()).standing(collections),
    initiate: async () => (await acts()).initiate(),
    openStore: async (collections, clock) => (await acts()).openStore(collections, clock),
    forget: async (collections) => (await acts()).forget(collections),
  };
}

const sqlitePath = (url: string): string | undefined => /^sqlite:(.+)$/s.exec(url)?.[1];
const isMongo = (url: string): boolean => /^mongodb(?:\+srv)?:/.test(url);
