/** What a position of the login machine holds, for whoever knows which one it is. */
import { type Position, type Shown, subjectIn } from '../../src/login/login.ts';

/** What was shown, as the form sends it back. */
export function shownIn(position: Position): Shown {
  if (position.kind !== 'step') throw new TypeError(`the login is over: ${JSON.stringify(position.outcome)}`);
  return { step: position.decision.step.name, turn: position.attempt.version, subject: subjectIn(position.situation) };
}

/** Of the session that the login began. */
export function tokenOf(position: Position): string {
  if (position.kind !== 'finished' || position.sessionToken === undefined) throw new TypeError('nobody is signed in');
  return position.sessionToken;
}
