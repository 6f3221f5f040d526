/** Turns what the driver throws into `store.*`, so that nobody above the engine knows its error numbers. */
import mongoose from 'mongoose';
import { DomainError } from '../../base/errors.ts';

const { MongoError, MongoBulkWriteError, MongoInvalidArgumentError, MongoNetworkError } = mongoose.mongo;
const { MongoServerSelectionError, MongoWriteConcernError } = mongoose.mongo;

const DUPLICATE_KEY = 11_000;

/** The DomainError for an error of the engine; anything else (a wrong argument, say) is a bug and comes back as it is. */
export function engineError(error: unknown): unknown {
  if (!isOfEngine(error)) return error;
  if (isDuplicate(error)) return new DomainError('store.duplicate', {}, error);
  return new DomainError('store.unavailable', { mongo: codeOf(error) ?? error.name }, error);
}

const isOfEngine = (error: unknown): error is Error =>
  (error instanceof MongoError && !(error instanceof MongoInvalidArgumentError)) ||
  error instanceof mongoose.Error.MongooseServerSelectionError;

export const isDuplicate = (error: unknown): boolean => codeOf(error) === DUPLICATE_KEY;

/** And not another unique value: by the index that objects. */
export const isTakenId = (error: unknown): boolean =>
  isDuplicate(error) && '_id' in ((error as { readonly keyPattern?: object }).keyPattern ?? {});

/** Of a transaction that has not come to its end: none of it is done, and another attempt may succeed. */
export const isTransient = (error: unknown): boolean => isForgotten(error) || isBroken(error);

/** Of the end of a transaction: the servers know that none of it is done, and another attempt may succeed. */
export const isForgotten = (error: unknown): boolean => hasLabel(error, 'TransientTransactionError');

/** Of a single write: the server went away or is the primary no more, and it may be done or not. */
export const isLostWrite = (error: unknown): boolean =>
  hasLabel(error, 'RetryableWriteError') || isBroken(error) || retryableCodes.has(codeOf(error) ?? 0);

/** Of anything: no server that could answer; what was asked is not to blame, and whoever else asks now meets the same. */
export const isAbsence = (error: unknown): boolean =>
  isLostWrite(error) || rootOf(error) instanceof MongoServerSelectionError || error instanceof MongoWriteConcernError;

/**
 * The connection broke. By its class and not by its labels: the driver puts none on an error of a connection that it had given
 * up already (another request, or its own heartbeat, noticed first), which under load are most of them.
 */
const isBroken = (error: unknown): boolean => rootOf(error) instanceof MongoNetworkError;

/** What came before a bulk wrapped it, which hides the class. */
const rootOf = (error: unknown): unknown =>
  error instanceof MongoBulkWriteError && error.errorResponse instanceof MongoError ? error.errorResponse : error;

/** https://github.com/mongodb/specifications/blob/master/source/retryable-reads/retryable-reads.md */
const retryableCodes = new Set([6, 7, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436, 10_058]);

export const isLostRead = (error: unknown): boolean => isBroken(error) || retryableCodes.has(codeOf(error) ?? 0);

const hasLabel = (error: unknown, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label);

export const codeOf = (error: unknown): number | undefined =>
  error instanceof MongoError && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
