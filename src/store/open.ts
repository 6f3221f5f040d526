/** Chooses the engine by the configured address. The only file that may name one. */
import type { Clock } from '../base/clock.ts';
import { DomainError } from '../base/errors.ts';
import type { AnyCollection, Store } from './port.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

export interface StoreOptions {
  /** `sqlite:<path>` or `sqlite::memory:`. */
  readonly url: string;
  /** Every collection that will be used; a changed declaration rebuilds its indexes here. */
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
}

/** @throws DomainError `config.invalid` for an unknown address, `store.version`, `store.unavailable`, `store.duplicate`. */
export async function openStore({ url, collections, clock }: StoreOptions): Promise<Store> {
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  // The address itself stays out of the error: one with a password in it would reach the log.
  if (path === undefined) throw new DomainError('config.invalid', { path: 'store.url' });
  return openSqlite({ path, collections, clock });
}
