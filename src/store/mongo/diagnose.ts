/**
 * Why a set does not take a node in, told so that an operator knows what to do: asks every member by itself what it is. The address
 * with its password reaches neither facts nor words.
 */
import { mongo } from 'mongoose';
import { DomainError, type ErrorCode, type ErrorFacts, isDomainError } from '../../base/errors.ts';
import { engineError } from './engine-error.ts';
import { readAddress } from './set/address.ts';
import { standingOf } from './set/standing.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/**
 * The error to throw for one that the driver threw while a store was opened; `patience` in milliseconds for each member. One
 * that is no failure of the database comes back as it is.
 */
export async function diagnose(url: string, error: unknown, patience: number): Promise<unknown> {
  if (isDomainError(error)) return error;
  if (isUnreadable(error)) return new DomainError('config.invalid', { path: 'store.url', ...reasonOf(error) });
  if (isUnknownName(error)) {
    return new DomainError('store.unreachable', { hosts: [error.hostname], cause: error.code }, error);
  }
  if (error instanceof mongo.MongoCompatibilityError) return new DomainError('store.too_old', {}, error);
  const told = engineError(error);
  if (!isDomainError(told, 'store.unavailable')) return told;
  try {
    const { code, facts } = (await look(url, error, patience)) ?? told;
    return new DomainError(code, facts, error);
  } catch (other) {
    // Looking can fail as well, when a server goes away meanwhile: what was met first is told.
    return isDomainError(other) ? other : told;
  }
}

/** What somebody has to do something about: no election and no member that starts will. */
const lasting: ReadonlySet<ErrorCode> = new Set(['store.standalone', 'store.wrong_set', 'store.forbidden']);

/** Undefined where it may still come right. */
export async function lastingRefusal(url: string, patience: number): Promise<DomainError | undefined> {
  const verdict = await look(url, undefined, patience);
  // Whoever starts servers and nodes together initiates the set while the nodes wait.
  if (!verdict || !lasting.has(verdict.code) || verdict.facts.initiated === false) return undefined;
  return new DomainError(verdict.code, verdict.facts);
}

async function look(url: string, error: unknown, patience: number): Promise<Verdict | undefined> {
  const address = await readAddress(url, patience);
  const { username: user, source } = address.clientOf(address.hosts[0] ?? '').options.credentials ?? {};
  const visitor = user === undefined ? {} : { user, ...(source ? { authSource: source } : {}) };
  return verdictOn(await standingOf(address, new Map()), error, visitor);
}

/** Of an address that the driver, or the library by which it reads addresses, cannot make out: each has a class of its own. */
const isUnreadable = (error: unknown): error is Error => (error as Partial<Error>)?.name === 'MongoParseError';

/** Only where it speaks of an option: other words may repeat the address, and with it a password. That is why no cause is kept. */
const reasonOf = ({ message }: Error): ErrorFacts =>
  /^options? [\w, ]+ (?:is|are) not supported$/.test(message) ? { reason: message } : {};

interface UnknownName {
  readonly syscall: string;
  readonly hostname: string;
  readonly code: string;
}

/** Of a +srv address. */
const isUnknownName = (error: unknown): error is UnknownName =>
  /^query(?:Srv|Txt)$/.test((error as Partial<UnknownName>)?.syscall ?? '');
