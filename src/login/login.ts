/**
 * The login machine as the rest of the house sees it: begin an attempt, look at it, answer its step, or ask whether a
 * session would do without any page. Protocols and pages hold this; neither decides anything themselves.
 */
import type { Instant } from '../base/clock.ts';
import { DomainError, isDomainError } from '../base/errors.ts';
import { credentials } from '../core/credentials/credential.ts';
import type { FactorUse } from '../core/credentials/factor-use.ts';
import type { Session } from '../core/sessions/session.ts';
import { replace, type Stored, type Write } from '../store/port.ts';
import { type Attempt, attempts, findAttempt, loginNameOf, openAttempt, type Progress } from './attempt.ts';
import { configuredWays } from './configured-ways.ts';
import { type AlreadyRead, type Gathering, gatherFacts, type LoginOrigin, type Situation, type Turn } from './facts.ts';
import { type FinishMeans, planFinish } from './finish.ts';
import { type SignedIn, signedInBy } from './known-browser.ts';
import { type Decision, nextStep, type StepName } from './next-step.ts';
import { connectionIn, namesOf, type ObserveLogin } from './observe.ts';
import type { Outcome } from './outcome.ts';
import { endIfOvertaken } from './overtaken.ts';
import type { LoginRequest } from './request.ts';
import { sessionAgain } from './session-again.ts';
import { canBeTakenAnew, commitOrStale } from './stale.ts';
import type { Answer, AnswerOrigin, Step, StepMeans, StepProblem, StepResult } from './step.ts';
import { progressWithTrust } from './trust.ts';

type GatheringMeans = Pick<Gathering, 'enrolment' | 'policy' | 'termsVersion' | 'aliasOf'>;

export interface LoginMeans extends StepMeans, FinishMeans, GatheringMeans {
  readonly attemptLifetime: number;
  readonly observe?: ObserveLogin;
}

/** The browser as it stands before us. */
export interface Visitor extends AnswerOrigin {
  readonly browserToken: string | undefined;
  readonly session: Stored<Session> | undefined;
  readonly userAgent: string;
  /** See LoginOrigin. */
  readonly isAddressHidden?: boolean;
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
      /** For the cookie of a browser that the person trusts from now on. */
      readonly trustToken?: string;
      /** Who has proven in this attempt that it is they. */
      readonly signedIn?: SignedIn;
    };

/** `factors`: those that count for the request; what is asserted of it relies on no others. */
export interface Judgement {
  readonly decision: Decision;
  readonly factors: readonly FactorUse[];
}

/** What a page showed, as its form sends it back. */
export interface Shown {
  readonly step: string;
  readonly turn: number;
  readonly subject: string;
}

interface Answered {
  readonly handle: string;
  readonly shown: Shown;
  readonly answer: Answer;
  readonly heardAt: Instant;
}

/** To whom a page speaks: an account id, empty while nobody is known. */
export const subjectIn = ({ subject }: Situation): string => subject?.account.id ?? '';

export type Login = ReturnType<typeof loginMachine>;

export function loginMachine(means: LoginMeans) {
  const { world, termsVersion, aliasOf, assurance, enrolment, policy, observe = () => {} } = means;
  const rules = { termsVersion, aliasOf, assurance, enrolment, policy, ...configuredWays(means.config) };

  const situationOf = (
    request: LoginRequest,
    progress: Progress,
    visitor: Pick<Visitor, 'session' | 'address' | 'isAddressHidden' | 'trustToken' | 'factorBrowser'>,
    added: readonly string[] = [],
  ) => {
    const { session, trustToken, factorBrowser } = visitor;
    const carried = { ...(trustToken ? { trustToken } : {}), ...(factorBrowser ? { factorBrowser } : {}) };
    return gatherFacts(world, { ...rules, request, progress, session, origin: visitor, ...carried, added });
  };

  /** Stores what was decided. `writes` are those of the step that led here. */
  async function settle(
    attempt: Stored<Attempt>,
    progress: Progress,
    visitor: Visitor,
    writes: Parameters<typeof world.store.commit>[0],
    endedBy?: Attempt['endedBy'],
  ): Promise<Position> {
    const origin = { ...visitor, actor: actorIn(attempt, visitor) };
    const added = addedBy(writes);
    const moved = added.length === 0 ? progress : { ...progress, hasAdded: true };
    const situation = await situationOf(attempt.request, moved, visitor, added);
    const decision = nextStep(situation);
    if (decision.kind === 'step') {
      const { step }: { step: Step<string, object> } = decision;
      const prepared = await step.prepare?.(means, situation, origin);
      // What is shown from here on is what was just prepared.
      const shown = prepared ? { ...situation, progress: prepared.progress } : situation;
      await commitOrStale(world, [
        ...writes,
        ...(prepared?.writes ?? []),
        replace(attempts, { ...attempt, progress: shown.progress }),
      ]);
      const stored = { ...attempt, progress: shown.progress, version: attempt.version + 1 };
      return { kind: 'step', attempt: stored, situation: { ...shown, turn: turnOf(stored) }, decision };
    }
    const device = { userAgent: visitor.userAgent, address: visitor.address };
    const finish = await planFinish(means, decision, situation, { ...origin, device });
    const { progress: standing } = situation;
    const finished = { ...attempt, progress: standing, outcome: finish.outcome, ...(endedBy ? { endedBy } : {}) };
    await commitOrStale(world, [...writes, ...finish.writes, replace(attempts, finished)]);
    if (finish.sessionId !== undefined) {
      const after = await situationOf(attempt.request, standing, visitor, added);
      if (await endIfOvertaken(means, finish.sessionId, after)) throw new DomainError('attempt.stale');
    }
    return {
      kind: 'finished',
      attempt: { ...finished, version: attempt.version + 1 },
      situation,
      outcome: finish.outcome,
      ...(finish.sessionToken === undefined ? {} : { sessionToken: finish.sessionToken }),
      ...(finish.session === undefined ? {} : { session: finish.session }),
      ...(finish.trustToken === undefined ? {} : { trustToken: finish.trustToken }),
      ...signedInBy(standing),
    };
  }

  async function positionOf(attempt: Stored<Attempt>, visitor: Visitor): Promise<Position> {
    const facts = await situationOf(attempt.request, attempt.progress, visitor);
    const situation = { ...facts, turn: turnOf(attempt) };
    if (attempt.outcome) return { kind: 'finished', attempt, situation, outcome: attempt.outcome };
    const decision = nextStep(situation);
    if (decision.kind !== 'step') return told(await settle(attempt, attempt.progress, visitor, []));
    const { step }: { step: Step<string, object> } = decision;
    if (await step.prepare?.(means, situation, { ...visitor, actor: actorIn(attempt, visitor) })) {
      return told(await settle(attempt, attempt.progress, visitor, []));
    }
    return { kind: 'step', attempt, situation, decision };
  }

  async function look(handle: string, visitor: Visitor, rounds = 3): Promise<Position> {
    const attempt = await findAttempt(world, handle, visitor.browserToken);
    return orAgain(positionOf(attempt, visitor), handle, visitor, rounds);
  }

  /**
   * What is prepared for a page may meet what another tab of the same person prepares at this moment, such as the count of
   * the mails to them. Nothing was answered yet: it is looked at anew.
   */
  function orAgain(looked: Promise<Position>, handle: string, visitor: Visitor, rounds = 3): Promise<Position> {
    return looked.catch((error: unknown) => {
      if (rounds === 0 || !isDomainError(error, 'attempt.stale')) throw error;
      return look(handle, visitor, rounds - 1);
    });
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

  async function takeAnswer(answered: Answered, visitor: Visitor, rounds = 3): Promise<Position> {
    const { handle, shown, answer, heardAt } = answered;
    const attempt = await findAttempt(world, handle, visitor.browserToken);
    const position = await positionOf(attempt, visitor);
    const origin = { ...visitor, actor: actorIn(attempt, visitor) };
    if (position.kind === 'finished') {
      const sessionToken = await sessionAgain(means, position, answered, origin);
      return sessionToken === undefined ? position : { ...position, sessionToken, ...signedInBy(attempt.progress) };
    }
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
    const result: StepResult = await step.take(means, position.situation, answer, origin);
    if (result.kind === 'problem') {
      tell(result.problem.kind);
      const after = result.move ? await settle(attempt, result.move.progress, visitor, result.move.writes) : position;
      return after.kind === 'step' ? { ...after, problem: result.problem } : told(after);
    }
    const progress = progressWithTrust(position.situation, step.name, answer, result.progress);
    try {
      const settled = await settle(attempt, progress, visitor, result.writes, { turn: shown.turn, heardAt });
      tell('progress');
      return told(settled);
    } catch (error) {
      // Taken anew from the beginning: a code that another login has used up meanwhile is refused as one that was used. Not
      // so a passkey, of which an answer that came second would look as if it were a copy's.
      const isOver = rounds === 0 || answer('passkey') !== '' || !isDomainError(error, 'attempt.stale');
      if (isOver || !(await canBeTakenAnew(world, attempt, step.name))) throw error;
      return takeAnswer(answered, visitor, rounds - 1);
    }
  }

  return {
    /**
     * What the table says of a request that only the session could answer, without an attempt and without a page. A trusted
     * browser does not count here: a login that passes by it is an attempt, whose audit event says so. A session that has
     * moved to another network is asked again.
     */
    async judge(
      request: LoginRequest,
      session: Stored<Session> | undefined,
      origin: LoginOrigin,
      read: AlreadyRead = {},
    ): Promise<Judgement> {
      const situation = await gatherFacts(world, { ...rules, request, progress: {}, session, origin, read });
      const decision = nextStep(situation);
      if (decision.kind === 'granted') {
        observe({ kind: 'passed', protocol: request.protocol, ...connectionIn(situation) });
      }
      return { decision, factors: situation.subject?.factors ?? [] };
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
      return orAgain(positionOf(attempt, visitor), handle, visitor);
    },

    /** @throws DomainError `attempt.not_found`, `attempt.foreign_browser` */
    look: (handle: string, visitor: Visitor) => look(handle, visitor),

    /**
     * Takes an answer to exactly the step and turn that were shown, by the person to whom they were shown: where another
     * tab has signed somebody else in since, an answer about one person's terms or data must not count for the other.
     * @throws DomainError `attempt.stale` when the attempt has moved since; the caller shows it anew.
     */
    answer: (handle: string, shown: Shown, answer: Answer, visitor: Visitor) =>
      takeAnswer({ handle, shown, answer, heardAt: world.clock.now() }, visitor),

    /** The person goes back to the service without logging in. */
    async cancel(handle: string, visitor: Visitor): Promise<Position> {
      const attempt = await findAttempt(world, handle, visitor.browserToken);
      if (attempt.outcome) return positionOf(attempt, visitor);
      return told(await settle(attempt, { ...attempt.progress, declined: 'cancelled' }, visitor, []));
    },

    now: (): Instant => world.clock.now(),
  };
}

const turnOf = ({ id, version }: Stored<Attempt>): Turn => ({ attemptId: id, number: version });

/** A factor that was just set up counts at once, although it is stored only with what is decided here. */
const addedBy = (writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) => (write.kind === 'insert' && write.collection === credentials ? [write.record.id] : []));

/** What was done in a login is found by the login's name, in the audit trail as in the log. */
const actorIn = ({ id }: Attempt, { actor }: Visitor): Visitor['actor'] => ({ ...actor, login: loginNameOf(id) });
