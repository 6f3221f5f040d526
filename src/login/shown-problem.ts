/** How a mistake is shown: which one, and how long to wait where there were too many. */
import type { Instant } from '../base/clock.ts';
import type { StepMistake, StepProblem } from './step.ts';

export interface ShownProblem {
  readonly error?: StepMistake | 'throttled';
  /** With `throttled`: whole seconds until another try is looked at. */
  readonly retryAfterSeconds?: number;
}

export function shownProblem(problem: StepProblem | undefined, now: Instant): ShownProblem {
  if (!problem) return {};
  if (problem.kind !== 'throttled') return { error: problem.kind };
  return { error: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil((problem.until - now) / 1000)) };
}
