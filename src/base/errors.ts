/**
 * The closed set of things that can go wrong and that somebody must be told about. A code carries no HTTP status and
 * no sentence: web/error-status.ts maps every code to a status, i18n to words in both languages; a code without them
 * does not compile. A user's "no" (a wrong password, a refused consent) is a value, never an error.
 */
export type ErrorCode =
  | 'account.not_found'
  | 'account.state'
  | 'attempt.foreign_browser'
  | 'attempt.not_found'
  | 'attempt.stale'
  | 'config.invalid'
  | 'connection.not_found'
  | 'connection.suspended'
  | 'input.invalid'
  | 'input.too_large'
  | 'key.unreadable'
  | 'not_me.link_expired'
  | 'person.not_found'
  | 'request.forbidden'
  | 'request.form_expired'
  | 'request.foreign_host'
  | 'request.looping'
  | 'request.method_not_allowed'
  | 'request.not_found'
  | 'request.protocol'
  | 'request.replayed'
  | 'request.too_many'
  | 'session.not_found'
  | 'server.address_taken'
  | 'setup.link_expired'
  | 'store.conflict'
  | 'store.duplicate'
  | 'store.forbidden'
  | 'store.half_copied'
  | 'store.in_use'
  | 'store.no_primary'
  | 'store.standalone'
  | 'store.too_old'
  | 'store.unavailable'
  | 'store.unreachable'
  | 'store.upgrade_failed'
  | 'store.version'
  | 'store.wrong_set'
  | 'internal';

/** Facts about a failure for the log and for command-line output. Never shown on a page, never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.code = code;
    this.facts = facts;
  }
}

export const isDomainError = (error: unknown, code?: ErrorCode): error is DomainError =>
  error instanceof DomainError && (code === undefined || error.code === code);
