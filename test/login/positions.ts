/** Where a login stands, in a word, and what a page of it would send back. */
import type { Position, Shown } from '../../src/login/login.ts';

/** The step, or how it ended. */
export const stepOf = (position: Position): string =>
  position.kind === 'step' ? position.decision.step.name : position.outcome.kind;

export const problemOf = (position: Position): string | undefined =>
  position.kind === 'step' ? position.problem?.kind : undefined;

export const shownAt = (position: Position): Shown => ({
  step: position.kind === 'step' ? position.decision.step.name : '',
  turn: position.attempt.version,
  subject: position.situation.subject?.account.id ?? '',
});
