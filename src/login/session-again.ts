/**
 * The answer that ended a login, given once more. Of two presses on a button a browser keeps the second: it drops the answer to the
 * first, and with it the session's cookie; so does a network that fails in between. The person would stand before an
 * empty login page that gives no reason.
 *
 * Nothing is handed out that the answer itself would not give: the password is compared again, and a session that holds
 * more than this password stays where it is.
 */
import type { Instant } from '../base/clock.ts';
import { minutes } from '../base/duration.ts';
import { isDomainError } from '../base/errors.ts';
import { planRise, sessionById } from '../core/sessions/keep.ts';
import { replace, type Stored } from '../store/port.ts';
import { type Attempt, attempts } from './attempt.ts';
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
  readonly heardAt: Instant;
}

/**
 * @returns a new token of the session that the login began, or undefined where there is none to give. The one before is good no
 *   more, so it goes to the last that was heard, in whatever order one node works them off: that one the browser waits for. Between
 *   nodes it is the clocks that say which was last.
 * @throws DomainError `attempt.stale` where session or password go on changing.
 */
export async function sessionAgain(
  means: StepMeans & FinishMeans,
  ended: Ended,
  given: Given,
  origin: AnswerOrigin,
  rounds = 3,
): Promise<string | undefined> {
  try {
    return await tryAgain(means, ended, given, origin);
  } catch (error) {
    if (rounds === 0 || !isDomainError(error, 'attempt.stale')) throw error;
    const attempt = await means.world.store.get(attempts, ended.attempt.id);
    return attempt && sessionAgain(means, { ...ended, attempt }, given, origin, rounds - 1);
  }
}

async function tryAgain(
  means: StepMeans & FinishMeans,
  { attempt, situation, outcome, sessionToken }: Ended,
  { shown: { step, turn }, answer, heardAt }: Given,
  origin: AnswerOrigin,
): Promise<string | undefined> {
  const { world, lifetimes } = means;
  const { endedBy } = attempt;
  const isWhatEndedIt = step === password.name && turn === endedBy?.turn && answer('passkey') === '';
  if (sessionToken !== undefined || outcome.kind !== 'granted' || !isWhatEndedIt) return undefined;
  if (heardAt < endedBy.heardAt) return undefined;
  const session = await sessionById(world, outcome.sessionId);
  // As the request brought it, it may be of before the login: its token is compared, and whether it still stands.
  const here = situation.session && (await sessionById(world, situation.session.id));
  if (here && (here.id !== session?.id || situation.session?.tokenDigest === here.tokenDigest)) return undefined;
  const now = world.clock.now();
  const isOfThisPassword = session?.factors.every(({ kind, at }) => kind === 'password' && now - at < soon);
  if (!session || !isOfThisPassword) return undefined;
  const result = await password.take(means, situation, answer, origin);
  if (result.kind === 'problem' || result.progress.proven?.accountId !== outcome.accountId) return undefined;
  const { token, write } = planRise(world, lifetimes, session, []);
  const given = replace(attempts, { ...attempt, endedBy: { turn, heardAt } });
  await commitOrStale(world, [...result.writes, write, given]);
  return token;
}
