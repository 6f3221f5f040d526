/**
 * Ends sessions: one act, whoever asks (the portal, a service, a suspension, a new password). The protocols' derived
 * sessions end in the same commit.
 */
import { remove, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type DerivedSessions, type Session, sessions } from './session.ts';

export type EndCause = 'logout' | 'other_account' | 'suspended' | 'password_changed';

export async function planEnd(
  world: World,
  derived: readonly DerivedSessions[],
  actor: Actor,
  session: Session,
  cause: EndCause,
): Promise<readonly Write[]> {
  const writes = await Promise.all(derived.map((kind) => kind.planEnd(session)));
  return [
    // Without a version: a session that changed a moment ago must end all the same.
    remove(sessions, session.id),
    ...writes.flat(),
    auditWrite(world, actor, { type: 'session.ended', accountId: session.accountId, cause }),
  ];
}

/**
 * Every session of an account, and whatever outlasts sessions: who stole a password may hold tokens by it, which must
 * not survive its change, nor wait for the end of a suspension.
 */
export async function planEndAll(
  world: World,
  derived: readonly DerivedSessions[],
  actor: Actor,
  accountId: string,
  cause: EndCause,
): Promise<readonly Write[]> {
  const found: Stored<Session>[] = [];
  let after: string | undefined;
  do {
    const page = await world.store.find(sessions, {
      index: 'byAccount',
      equals: [accountId],
      ...(after ? { after } : {}),
    });
    found.push(...page.records);
    after = page.next;
  } while (after);
  const plans = await Promise.all(found.map((session) => planEnd(world, derived, actor, session, cause)));
  const writes = await Promise.all(derived.map((kind) => kind.planEndAccount(accountId)));
  return [...plans.flat(), ...writes.flat()];
}
