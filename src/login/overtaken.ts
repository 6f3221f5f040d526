/**
 * A session that began although its login no longer stood: between the deciding and the commit somebody changed the
 * password that it was proven with, or suspended the account, and that act could not end a session that was not there yet.
 * So a login looks once more when its session is in the store; what comes later finds it there (core/sessions/end.ts).
 */
import { identifies } from '../core/credentials/assurance.ts';
import { endSession } from '../core/sessions/end.ts';
import { sessionById } from '../core/sessions/keep.ts';
import type { Situation } from './facts.ts';
import type { FinishMeans } from './finish.ts';

/** Whether it was so; the session then has ended. The situation is that of the login, gathered after its commit. */
export async function endIfOvertaken(
  { world, derivedSessions }: FinishMeans,
  sessionId: string,
  { subject }: Situation,
): Promise<boolean> {
  const isProven = subject?.isProvenHere === true && identifies(subject.factors);
  if (isProven && subject.standing === 'active') return false;
  // By its id: another press of the same button may have been given a new token meanwhile (session-again.ts).
  const session = await sessionById(world, sessionId);
  const cause = isProven ? 'suspended' : 'password_changed';
  if (session) await endSession(world, derivedSessions, { kind: 'system' }, session, cause);
  return true;
}
