/** Turns what node:sqlite throws into `store.*`, so that nobody above the engine knows its error numbers. */
import { DomainError } from '../../base/errors.ts';

// https://sqlite.org/rescode.html: the two constraints that say "this value is taken".
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** The DomainError for an error of the engine; anything else (a wrong argument, say) is a bug and comes back as it is. */
export function engineError(error: unknown): unknown {
  // Not instanceof: under a test runner the engine's errors come from another realm.
  if (!Error.isError(error) || !('code' in error)) return error;
  // ERR_INVALID_STATE: the database has been closed.
  if (error.code === 'ERR_INVALID_STATE') return new DomainError('store.unavailable', {}, error);
  if (error.code !== 'ERR_SQLITE_ERROR') return error;
  const number = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
  const isTaken = number === SQLITE_CONSTRAINT_PRIMARYKEY || number === SQLITE_CONSTRAINT_UNIQUE;
  return new DomainError(isTaken ? 'store.duplicate' : 'store.unavailable', { sqlite: number }, error);
}
