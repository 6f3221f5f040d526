/** Turns what node:sqlite throws into `store.*`, so that nobody above the engine knows its error numbers. */
import { DomainError, isDomainError } from '../../base/errors.ts';

// https://sqlite.org/rescode.html: the two constraints that say "this value is taken".
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/**
 * What SQLite says of a statement and what it was given; other writes do not meet it: SQLITE_ERROR (its JSON is malformed or too
 * deep, say), TOOBIG, CONSTRAINT, MISMATCH, MISUSE, RANGE. All others mean that the engine is out of order, and nobody's write is
 * safe: FULL, IOERR, BUSY, LOCKED, READONLY, CANTOPEN, CORRUPT, NOTADB, NOMEM, INTERRUPT, PROTOCOL and those that we do not know.
 */
const ofTheStatement = new Set([1, 18, 19, 20, 21, 25]);

/** Of one write among many, that nothing but the write itself is to blame. */
export const isOfTheStatement = (error: unknown): error is DomainError =>
  // The last byte of an extended code is the code that it extends.
  isDomainError(error, 'store.unavailable') && ofTheStatement.has(Number(error.facts.sqlite) & 0xff);

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
