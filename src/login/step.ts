/**
 * What a step is: it says when it is due, shows itself, and takes an answer. It never knows which step comes before or
 * after; next-step decides from the stored attempt alone.
 */
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import type { Actor } from '../core/audit/event.ts';
import type { PasswordHasher } from '../core/credentials/password-hash.ts';
import type { Throttle } from '../core/credentials/throttle.ts';
import type { World } from '../core/world.ts';
import type { Write } from '../store/port.ts';
import type { Progress } from './attempt.ts';
import type { Situation } from './facts.ts';

/** The fields that a person sent; absent ones are empty. */
export type Answer = (field: string) => string;

/** What a step may use. */
export interface StepMeans {
  readonly world: World;
  readonly config: Config;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
}

/** From where the answer came. */
export interface AnswerOrigin {
  readonly actor: Actor;
  readonly address: string;
  /** The mark of a browser in which this login name has signed in before (known-browser.ts). */
  readonly knownBrowser?: (accountId: string) => string | undefined;
}

export type StepProblem =
  | { readonly kind: 'wrong' | 'incomplete' }
  | { readonly kind: 'throttled'; readonly until: Instant };

export type StepResult =
  /** `writes` are committed together with the attempt. */
  | { readonly kind: 'progress'; readonly progress: Progress; readonly writes: readonly Write[] }
  /** The same step is shown again. */
  | { readonly kind: 'problem'; readonly problem: StepProblem };

/** How to show the step again after a problem, with what was typed (never a password). */
export interface Showing {
  readonly locale: Locale;
  readonly problem?: StepProblem;
  readonly typed?: Answer;
}

/** What a step wants of the person, for protocols that must say so where no page may be shown. */
export type Asking = 'login' | 'account' | 'consent' | 'interaction';

export interface Step<Name extends string, Shown> {
  readonly name: Name;
  readonly asks: Asking;
  isDue(situation: Situation): boolean;
  /** The view's own part of its model; the frame and the form are the caller's. */
  show(means: StepMeans, situation: Situation, showing: Showing): Shown;
  take(means: StepMeans, situation: Situation, answer: Answer, origin: AnswerOrigin): Promise<StepResult>;
}
