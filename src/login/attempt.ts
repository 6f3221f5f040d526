/**
 * One login in progress. It is stored under the digest of its handle (the handle is in the address), bound to the
 * browser that began it, and changes only by compare-and-swap: a second tab or a double click cannot skip or repeat a
 * step.
 */
import type { Instant } from '../base/clock.ts';
import { digestOf, isSameText } from '../base/digest.ts';
import { DomainError } from '../base/errors.ts';
import type { FactorUse, SecondFactorKind } from '../core/credentials/factor-use.ts';
import type { MailedCode } from '../core/credentials/mail-code.ts';
import type { World } from '../core/world.ts';
import { type Collection, insert, type Stored } from '../store/port.ts';
import type { Outcome } from './outcome.ts';
import type { LoginRequest } from './request.ts';

/** What the person has done so far in this attempt. */
export interface Progress {
  /**
   * The account whose pages were shown last. What is below and belongs to one person (a way, a code, something being set
   * up) is dropped where the login comes to be about somebody else.
   */
  readonly about?: string;
  /** Proven here, by factors. */
  readonly proven?: {
    readonly accountId: string;
    readonly factors: readonly FactorUse[];
    /** Of the password; when it is another one now, nothing is proven. */
    readonly edition?: string;
  };
  /** The answer to choose-account: an account id of the session, or somebody else. */
  readonly choice?: { readonly accountId: string } | 'other';
  /** By whom: an attempt may come to be about somebody else, when another tab signs them in. */
  readonly acceptedTerms?: { readonly accountId: string; readonly version: string };
  readonly allowedRelease?: { readonly accountId: string };
  /** The second factor that the person chose, or that they wish to choose another, or to go on without what is a wish. */
  readonly way?: SecondFactorKind | 'choose' | 'skip';
  /** The code that was mailed last in this attempt. */
  readonly mailedCode?: MailedCode;
  /** What is being set up, until it has proven that it works. */
  readonly enrolling?: Enrolling;
  /** A factor was stored in this attempt. */
  readonly hasAdded?: boolean;
  /** Recovery codes just made, sealed under the account's id: shown until the person says that they are kept. */
  readonly newRecoveryCodes?: string;
  /** After one was used, until the person has been told how many there are. */
  readonly recoveryCodesLeft?: number;
  /** No second factor is to be asked for in this browser, where policy allows that. */
  readonly trustsBrowser?: boolean;
  readonly declined?: 'terms_declined' | 'release_denied' | 'cancelled';
}

export type Enrolling =
  /** Without a secret it was chosen, and is not begun. */
  | { readonly kind: 'totp'; readonly sealedSecret?: string }
  | { readonly kind: 'mail-code'; readonly address?: string }
  | { readonly kind: 'passkey' };

export interface Attempt {
  readonly id: string;
  readonly request: LoginRequest;
  /** SHA-256 of the browser cookie's token. */
  readonly browserDigest: string;
  readonly progress: Progress;
  readonly outcome?: Outcome;
  /** The answer that ended it, or that was given its session last: to which turn, and when it was heard (session-again.ts). */
  readonly endedBy?: { readonly turn: number; readonly heardAt: Instant };
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
}

export const attempts: Collection<Attempt> = { name: 'attempts', indexes: [], expiresAt: 'expiresAt' };

/**
 * What log and audit trail call the login under this id: it is found by it, and nothing is opened. Hexadecimal, because
 * people search for it.
 */
export const loginNameOf = (attemptId: string): string =>
  Buffer.from(attemptId, 'base64url').toString('hex').slice(0, 16);

export const attemptIdOf = (handle: string): string => digestOf(handle);

/** Stores a new attempt under a handle that the caller made (128 random bits or more). */
export async function openAttempt(
  { store, clock }: World,
  lifetime: number,
  handle: string,
  browserToken: string,
  request: LoginRequest,
): Promise<Stored<Attempt>> {
  const now = clock.now();
  const attempt: Attempt = {
    id: attemptIdOf(handle),
    request,
    browserDigest: digestOf(browserToken),
    progress: {},
    startedAt: now,
    expiresAt: now + lifetime,
  };
  await store.commit([insert(attempts, attempt)]);
  const stored = await store.get(attempts, attempt.id);
  if (!stored) throw new DomainError('attempt.not_found');
  return stored;
}

/**
 * The attempt of this handle, in the hands of the browser that began it.
 * Without the second condition an attacker could begin a login, pass the address on, and have somebody else's password
 * finish it for them.
 * @throws DomainError `attempt.not_found`, `attempt.foreign_browser`
 */
export async function findAttempt(
  { store }: World,
  handle: string,
  browserToken: string | undefined,
): Promise<Stored<Attempt>> {
  const attempt = await store.get(attempts, attemptIdOf(handle));
  if (!attempt) throw new DomainError('attempt.not_found');
  if (browserToken === undefined || !isSameText(digestOf(browserToken), attempt.browserDigest)) {
    throw new DomainError('attempt.foreign_browser');
  }
  return attempt;
}
