/**
 * The answer that ended a login, given once more. Of two presses on a button a browser keeps the second: it drops the answer to the
 * first, and with it the session's cookie; so does a network that fails in between. The person would stand before an
 * empty login page that gives no reason.
 *
 * Nothing is handed out that the answer itself would not give: the password is compared again, and a session that holds
 * more than this password stays where it is.
 */
import { minutes } from '../base/duration.ts';
import { planRise, sessionById } from '../core/sessions/keep.ts';
import type { Stored } from '../store/port.ts';
import type { Attempt } from './attempt.ts';
import type { Situation } from './facts.ts';
import type { FinishMeans } from './finish.ts';
import type { Outcome } from './outcome.ts';
import { commitOrStale } from './stale.ts';
import type { Answer, AnswerOrigin, StepMeans } from './step.ts';
import { password } from './steps/password.ts';

/** A press, or a page that was loaded again; later it is another login. */
const soon = minutes(1);

interface Ended {
  readonly attempt: Stored<Attempt>;
  readonly situation: Situation;
  readonly outcome: Outcome;
  /** The login ended with this very answer. */
  readonly sessionToken?: string;
}

interface Given {
  readonly shown: { readonly step: string; readonly turn: number };
  readonly answer: Answer;
}

/**
 * @returns a new token of the session that the login began, or undefined where there is none to give. The one before is good no more.
 * @throws DomainError `attempt.stale` where session or password have changed at this moment.
 */
export async function sessionAgain(
  means: StepMeans & FinishMeans,
  { attempt, situation, outcome, sessionToken }: Ended,
  { shown, answer }: Given,
  origin: AnswerOrigin,
): Promise<string | undefined> {
  const { world, lifetimes } = means;
  const isWhatEndedIt = shown.step === password.name && shown.turn === attempt.version - 1 && answer('passkey') === '';
  if (sessionToken !== undefined || outcome.kind !== 'granted' || !isWhatEndedIt) return undefined;
  if (situation.session?.id === outcome.sessionId) return undefined;
  const session = await sessionById(world, outcome.sessionId);
  const now = world.clock.now();
  const isOfThisPassword = session?.factors.every(({ kind, at }) => kind === 'password' && now - at < soon);
  if (!session || !isOfThisPassword) return undefined;
  const result = await password.take(means, situation, answer, origin);
  if (result.kind === 'problem' || result.progress.proven?.accountId !== outcome.accountId) return undefined;
  const { token, write } = planRise(world, lifetimes, session, []);
  await commitOrStale(world, [...result.writes, write]);
  return token;
}
