/** Turns what the driver throws into `store.*`, so that nobody above the engine knows its error numbers. */
import mongoose from 'mongoose';
import { DomainError } from '../../base/errors.ts';

const { MongoError, MongoNetworkError, MongoInvalidArgumentError } = mongoose.mongo;

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

/** Of a transaction: none of it is done, and another attempt may succeed. */
export const isTransient = (error: unknown): boolean => hasLabel(error, 'TransientTransactionError');

/** Of the end of a transaction: it may be done or not, and asking again tells. */
export const isUnknownCommit = (error: unknown): boolean => hasLabel(error, 'UnknownTransactionCommitResult');

/** Of a single write: the server went away or is the primary no more, and it may be done or not. */
export const isLostWrite = (error: unknown): boolean =>
  hasLabel(error, 'RetryableWriteError') || error instanceof MongoNetworkError;

/** https://github.com/mongodb/specifications/blob/master/source/retryable-reads/retryable-reads.md */
const retryableCodes = new Set([6, 7, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436, 10_058]);

export const isLostRead = (error: unknown): boolean =>
  error instanceof MongoNetworkError || retryableCodes.has(codeOf(error) ?? 0);

const hasLabel = (error: unknown, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label);

export const codeOf = (error: unknown): number | undefined =>
  error instanceof MongoError && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
