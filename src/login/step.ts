/**
 * What a step is: it says when it is due, shows itself, and takes an answer. It never knows which step comes before or
 * after; next-step decides from the stored attempt alone.
 */
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import type { Attributes } from '../core/attributes/attributes.ts';
import type { Actor } from '../core/audit/event.ts';
import type { CodeDigest } from '../core/credentials/code-digest.ts';
import type { PasskeyMakers } from '../core/credentials/passkeys/passkey-makers.ts';
import type { PasswordHasher } from '../core/credentials/password-hash.ts';
import type { FactorThrottles, Throttle } from '../core/credentials/throttle.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import type { World } from '../core/world.ts';
import type { Write } from '../store/port.ts';
import type { Progress } from './attempt.ts';
import type { Situation } from './facts.ts';
import type { TrustTokenOf } from './standing-trust.ts';

/** The fields that a person sent; absent ones are empty. */
export type Answer = (field: string) => string;

/** What a step may use. */
export interface StepMeans {
  readonly world: World;
  readonly config: Config;
  readonly attributes: Attributes;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly masterKey: MasterKey;
  readonly codeDigest: CodeDigest;
  readonly factorThrottles: FactorThrottles;
  /** Absent where the configuration names none. */
  readonly passkeyMakers?: PasskeyMakers;
}

/** From where the answer came. */
export interface AnswerOrigin {
  readonly actor: Actor;
  readonly address: string;
  /** The mark of a browser in which this login name has signed in before (known-browser.ts). */
  readonly knownBrowser?: (accountId: string) => string | undefined;
  /** The same, where a second factor was given in it. */
  readonly factorBrowser?: (accountId: string) => string | undefined;
  /** What this browser carries where this account trusts it. */
  readonly trustToken?: TrustTokenOf;
  /** The language of the pages, in which a mail that is asked for on them comes; Japanese unless said. */
  readonly locale?: Locale;
  readonly userAgent?: string;
}

/**
 * `used`: a code that was right, and was accepted before, or an address that the account has already. `lapsed`: it was
 * right once and is too old, or was tried too often. `own_domain`: an address in the university's own domains, which would be reached with what it is to protect.
 * `failed`: the device did not go through with it. `unknown_passkey`: it is nobody's here. `passkey_reversed`: there may be
 * a second one with its key. `not_accepted`: a product that the university does not take. `other_account`: a certificate of
 * somebody else. `taken_away`: one that was removed from this account.
 */
export type StepMistake =
  | 'wrong'
  | 'incomplete'
  | 'used'
  | 'lapsed'
  | 'own_domain'
  | 'not_an_address'
  | 'failed'
  | 'unknown_passkey'
  | 'passkey_reversed'
  | 'not_accepted'
  | 'other_account'
  | 'taken_away';

export type StepProblem = { readonly kind: StepMistake } | { readonly kind: 'throttled'; readonly until: Instant };

/** `writes` are committed together with the attempt. */
export interface StepMove {
  readonly progress: Progress;
  readonly writes: readonly Write[];
}

export type StepResult =
  | ({ readonly kind: 'progress' } & StepMove)
  /** The same step is shown again; `move` is what the failed try leaves behind, such as one try less. */
  | { readonly kind: 'problem'; readonly problem: StepProblem; readonly move?: StepMove };

/** How to show the step again after a problem, with what was typed (never a password). */
export interface Showing {
  readonly locale: Locale;
  readonly problem?: StepProblem;
  readonly typed?: Answer;
  /** What the browser brought back from where the page had sent it. */
  readonly brought?: string;
}

/** What a step wants of the person, for protocols that must say so where no page may be shown. */
export type Asking = 'login' | 'account' | 'consent' | 'interaction';

export interface Step<Name extends string, Shown> {
  readonly name: Name;
  readonly asks: Asking;
  isDue(situation: Situation): boolean;
  /**
   * What must be done before it can be shown, such as mailing a code; undefined where that is done. It may be asked more
   * than once: only what it answers is written, never anything by itself.
   */
  prepare?(means: StepMeans, situation: Situation, origin: AnswerOrigin): Promise<StepMove | undefined>;
  /** The view's own part of its model; the frame and the form are the caller's. */
  show(means: StepMeans, situation: Situation, showing: Showing): Shown | Promise<Shown>;
  take(means: StepMeans, situation: Situation, answer: Answer, origin: AnswerOrigin): Promise<StepResult>;
}
