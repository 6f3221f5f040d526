/** What tests do with the login machine, and what its positions hold for whoever knows which one it is. */

import { type Position, type Shown, subjectIn } from '../../src/login/login.ts';
import type { Answer } from '../../src/login/step.ts';
import { type FreshLogin, rightAnswer } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';

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

/** One login under one handle, in one browser. */
export function actsIn(fresh: () => FreshLogin) {
  const begin = async (wishes: Parameters<typeof sampleRequest>[0] = {}, token?: string, handle = 'handle') =>
    fresh().login.begin(handle, sampleRequest(wishes), await fresh().visitor({}, token));
  const answer = async (shown: Shown, fields: Answer = rightAnswer, token?: string) =>
    fresh().login.answer('handle', shown, fields, await fresh().visitor({}, token));
  const signIn = async (handle: string): Promise<string> => {
    const { login, visitor } = fresh();
    const shown = shownIn(await begin({}, undefined, handle));
    const done = await login.answer(handle, shown, rightAnswer, await visitor());
    return tokenOf(done);
  };
  return { begin, answer, signIn };
}
