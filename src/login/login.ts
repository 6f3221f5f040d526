/**
 * The login machine as the rest of the house sees it: begin an attempt, look at it, answer its step, or ask whether a
 * session would do without any page. Protocols and pages hold this; neither decides anything themselves.
 */
import type { Instant } from '../base/clock.ts';
import { DomainError, isDomainError } from '../base/errors.ts';
import type { Session } from '../core/sessions/session.ts';
import { replace, type Stored } from '../store/port.ts';
import { type Attempt, attempts, findAttempt, loginNameOf, openAttempt, type Progress } from './attempt.ts';
import { type AliasOf, type AlreadyRead, gatherFacts, type Situation } from './facts.ts';
import { type FinishMeans, planFinish } from './finish.ts';
import { type Decision, nextStep, type StepName } from './next-step.ts';
import type { ObserveLogin } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { endIfOvertaken } from './overtaken.ts';
import type { LoginRequest } from './request.ts';
import type { Answer, AnswerOrigin, StepMeans, StepProblem } from './step.ts';

export interface LoginMeans extends StepMeans, FinishMeans {
  readonly attemptLifetime: number;
  readonly termsVersion: string | undefined;
  readonly aliasOf: AliasOf;
  readonly observe?: ObserveLogin;
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
      readonly session?: 'started' | 'risen';
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
  const { world, termsVersion, aliasOf, observe = () => {} } = means;

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
    const finish = await planFinish(means, decision, situation, actorIn(attempt, visitor), device);
    const finished = { ...attempt, progress, outcome: finish.outcome };
    await commitOrStale([...writes, ...finish.writes, replace(attempts, finished)]);
    if (finish.sessionToken !== undefined) {
      const after = await situationOf(attempt.request, progress, visitor.session);
      if (await endIfOvertaken(means, finish.sessionToken, after)) throw new DomainError('attempt.stale');
    }
    return {
      kind: 'finished',
      attempt: { ...finished, version: attempt.version + 1 },
      situation,
      outcome: finish.outcome,
      ...(finish.sessionToken === undefined ? {} : { sessionToken: finish.sessionToken }),
      ...(finish.session === undefined ? {} : { session: finish.session }),
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
    return told(await settle(attempt, attempt.progress, visitor, []));
  }

  /** After each `settle`, once everything that led to it has been told. */
  function told(position: Position): Position {
    if (position.kind !== 'finished') return position;
    const { attempt, situation, outcome, session } = position;
    observe({
      kind: 'ended',
      ...namesOf(attempt, situation),
      outcome: outcome.kind === 'granted' ? 'granted' : outcome.reason,
      ...(session === undefined ? {} : { session }),
      milliseconds: world.clock.now() - attempt.startedAt,
    });
    return position;
  }

  return {
    /** What the table says of a request that only the session could answer, without an attempt and without a page. */
    async judge(
      request: LoginRequest,
      session: Stored<Session> | undefined,
      read: AlreadyRead = {},
    ): Promise<Decision> {
      const situation = await gatherFacts(world, { request, progress: {}, session, termsVersion, aliasOf, read });
      const decision = nextStep(situation);
      if (decision.kind === 'granted') {
        observe({ kind: 'passed', protocol: request.protocol, ...connectionIn(situation) });
      }
      return decision;
    },

    /** Begins under a handle of 128 random bits or more; an attempt that the session satisfies is finished at once. */
    async begin(handle: string, request: LoginRequest, visitor: Visitor & { browserToken: string }): Promise<Position> {
      const attempt = await openAttempt(world, means.attemptLifetime, handle, visitor.browserToken, request);
      const { connectionId } = request;
      observe({
        kind: 'began',
        login: loginNameOf(attempt.id),
        protocol: request.protocol,
        ...(connectionId === undefined ? {} : { connectionId }),
      });
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
      const begun = performance.now();
      const tell = (result: 'progress' | StepProblem['kind']) =>
        observe({
          kind: 'answered',
          ...namesOf(attempt, position.situation),
          step: step.name,
          result,
          milliseconds: performance.now() - begun,
        });
      const origin = { ...visitor, actor: actorIn(attempt, visitor) };
      const result = await step.take(means, position.situation, answer, origin);
      if (result.kind === 'problem') {
        tell(result.problem.kind);
        return { ...position, problem: result.problem };
      }
      const settled = await settle(attempt, result.progress, visitor, result.writes);
      tell('progress');
      return told(settled);
    },

    /** The person goes back to the service without logging in. */
    async cancel(handle: string, visitor: Visitor): Promise<Position> {
      const attempt = await findAttempt(world, handle, visitor.browserToken);
      if (attempt.outcome) return positionOf(attempt, visitor);
      return told(await settle(attempt, { ...attempt.progress, declined: 'cancelled' }, visitor, []));
    },

    now: (): Instant => world.clock.now(),
  };
}

/** What was done in a login is found by the login's name, in the audit trail as in the log. */
const actorIn = ({ id }: Attempt, { actor }: Visitor): Visitor['actor'] => ({ ...actor, login: loginNameOf(id) });

const connectionIn = ({ connection }: Situation) => (connection ? { connectionId: connection.id } : {});

const namesOf = ({ id, request }: Attempt, situation: Situation) => ({
  login: loginNameOf(id),
  protocol: request.protocol,
  ...connectionIn(situation),
});
