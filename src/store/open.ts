/** Chooses the engine by the configured address. The only file that may name one. */
import { resolve } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { DomainError } from '../base/errors.ts';
import type { StoreFiles } from './files.ts';
import type { AnyCollection, Store } from './port.ts';
import { copyStore } from './sqlite/backup.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { bringBeside, occupancyOf, placeStore } from './sqlite/restore.ts';
import { openStoreFile } from './sqlite/store-file.ts';
import { timedStore } from './timed-store.ts';
import type { StoreWatch } from './watch.ts';

export interface StoreOptions {
  /** `sqlite:<path>` or `sqlite::memory:`. */
  readonly url: string;
  /** Every collection that will be used; a changed declaration rebuilds its indexes here. */
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  readonly watch?: StoreWatch;
}

/**
 * @throws DomainError `config.invalid` for an unknown address, `store.version`, `store.in_use`, `store.upgrade_failed`,
 *   `store.unavailable`.
 */
export async function openStore({ url, collections, clock, watch = {} }: StoreOptions): Promise<Store> {
  const path = sqlitePath(url);
  // The address itself stays out of the error: one with a password in it would reach the log.
  if (path === undefined) throw new DomainError('config.invalid', { path: 'store.url' });
  const store = openSqlite({ path, collections, clock, watch });
  return watch.operationDone ? timedStore(store, watch.operationDone) : store;
}

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

const sqlitePath = (url: string): string | undefined => /^sqlite:(.+)$/s.exec(url)?.[1];
