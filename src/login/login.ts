/**
 * The login machine as the rest of the house sees it: begin an attempt, look at it, answer its step, or ask whether a
 * session would do without any page. Protocols and pages hold this; neither decides anything themselves.
 */
import type { Instant } from '../base/clock.ts';
import { DomainError, isDomainError } from '../base/errors.ts';
import type { Session } from '../core/sessions/session.ts';
import { replace, type Stored } from '../store/port.ts';
import { type Attempt, attempts, findAttempt, openAttempt, type Progress } from './attempt.ts';
import { type AliasOf, gatherFacts, type Situation } from './facts.ts';
import { type FinishMeans, planFinish } from './finish.ts';
import { type Decision, nextStep, type StepName } from './next-step.ts';
import type { Outcome } from './outcome.ts';
import type { LoginRequest } from './request.ts';
import type { Answer, AnswerOrigin, StepMeans, StepProblem } from './step.ts';

export interface LoginMeans extends StepMeans, FinishMeans {
  readonly attemptLifetime: number;
  readonly termsVersion: string | undefined;
  readonly aliasOf: AliasOf;
}

/** The browser as it stands before us. */
export interface Visitor extends AnswerOrigin {
  readonly browserToken: string | undefined;
  readonly session: Stored<Session> | undefined;
  readonly userAgent: string;
}

export type Position =
  | {
      readonly kind: 'step';
      readonly attempt: Stored<Attempt>;
      readonly situation: Situation;
      readonly decision: Extract<Decision, { kind: 'step' }>;
      readonly problem?: StepProblem;
    }
  | {
      readonly kind: 'finished';
      readonly attempt: Stored<Attempt>;
      readonly situation: Situation;
      readonly outcome: Outcome;
      /** For the session cookie, on the answer that finished the login and on no other. */
      readonly sessionToken?: string;
      /** Whose password was right in this attempt. */
      readonly provenAccountId?: string;
    };

/** What a page showed, as its form sends it back. */
export interface Shown {
  readonly step: string;
  readonly turn: number;
  readonly subject: string;
}

/** To whom a page speaks: an account id, empty while nobody is known. */
export const subjectIn = ({ subject }: Situation): string => subject?.account.id ?? '';

export type Login = ReturnType<typeof loginMachine>;

export function loginMachine(means: LoginMeans) {
  const { world, termsVersion, aliasOf } = means;

  const situationOf = (request: LoginRequest, progress: Progress, session: Stored<Session> | undefined) =>
    gatherFacts(world, { request, progress, session, termsVersion, aliasOf });

  /** Stores what was decided. `writes` are those of the step that led here. */
  async function settle(
    attempt: Stored<Attempt>,
    progress: Progress,
    visitor: Visitor,
    writes: Parameters<typeof world.store.commit>[0],
  ): Promise<Position> {
    const situation = await situationOf(attempt.request, progress, visitor.session);
    const decision = nextStep(situation);
    if (decision.kind === 'step') {
      await commitOrStale([...writes, replace(attempts, { ...attempt, progress })]);
      const moved = { ...attempt, progress, version: attempt.version + 1 };
      return { kind: 'step', attempt: moved, situation, decision };
    }
    const device = { userAgent: visitor.userAgent, address: visitor.address };
    const finish = await planFinish(means, decision, situation, visitor.actor, device);
    const finished = { ...attempt, progress, outcome: finish.outcome };
    await commitOrStale([...writes, ...finish.writes, replace(attempts, finished)]);
    return {
      kind: 'finished',
      attempt: { ...finished, version: attempt.version + 1 },
      situation,
      outcome: finish.outcome,
      ...(finish.sessionToken === undefined ? {} : { sessionToken: finish.sessionToken }),
      ...(progress.proven ? { provenAccountId: progress.proven.accountId } : {}),
    };
  }

  async function commitOrStale(writes: Parameters<typeof world.store.commit>[0]): Promise<void> {
    try {
      await world.store.commit(writes);
    } catch (error) {
      // Another tab or a second click was first; the page shows where the login now stands.
      if (isDomainError(error, 'store.conflict') || isDomainError(error, 'store.duplicate')) {
        throw new DomainError('attempt.stale', {}, error);
      }
      throw error;
    }
  }

  async function positionOf(attempt: Stored<Attempt>, visitor: Visitor): Promise<Position> {
    const situation = await situationOf(attempt.request, attempt.progress, visitor.session);
    if (attempt.outcome) return { kind: 'finished', attempt, situation, outcome: attempt.outcome };
    const decision = nextStep(situation);
    if (decision.kind === 'step') return { kind: 'step', attempt, situation, decision };
    return settle(attempt, attempt.progress, visitor, []);
  }

  return {
    /** What the table says of a request that only the session could answer, without an attempt and without a page. */
    async judge(request: LoginRequest, session: Stored<Session> | undefined): Promise<Decision> {
      return nextStep(await situationOf(request, {}, session));
    },

    /** Begins under a handle of 128 random bits or more; an attempt that the session satisfies is finished at once. */
    async begin(handle: string, request: LoginRequest, visitor: Visitor & { browserToken: string }): Promise<Position> {
      const attempt = await openAttempt(world, means.attemptLifetime, handle, visitor.browserToken, request);
      return positionOf(attempt, visitor);
    },

    /** @throws DomainError `attempt.not_found`, `attempt.foreign_browser` */
    async look(handle: string, visitor: Visitor): Promise<Position> {
      return positionOf(await findAttempt(world, handle, visitor.browserToken), visitor);
    },

    /**
     * Takes an answer to exactly the step and turn that were shown, by the person to whom they were shown: where another
     * tab has signed somebody else in since, an answer about one person's terms or data must not count for the other.
     * @throws DomainError `attempt.stale` when the attempt has moved since; the caller shows it anew.
     */
    async answer(handle: string, shown: Shown, answer: Answer, visitor: Visitor): Promise<Position> {
      const attempt = await findAttempt(world, handle, visitor.browserToken);
      const position = await positionOf(attempt, visitor);
      if (position.kind === 'finished') return position;
      const { step } = position.decision;
      const isShown =
        step.name === (shown.step as StepName) &&
        attempt.version === shown.turn &&
        subjectIn(position.situation) === shown.subject;
      if (!isShown) throw new DomainError('attempt.stale');
      const result = await step.take(means, position.situation, answer, visitor);
      if (result.kind === 'problem') return { ...position, problem: result.problem };
      return settle(attempt, result.progress, visitor, result.writes);
    },

    /** The person goes back to the service without logging in. */
    async cancel(handle: string, visitor: Visitor): Promise<Position> {
      const attempt = await findAttempt(world, handle, visitor.browserToken);
      if (attempt.outcome) return positionOf(attempt, visitor);
      return settle(attempt, { ...attempt.progress, declined: 'cancelled' }, visitor, []);
    },

    now: (): Instant => world.clock.now(),
  };
}
