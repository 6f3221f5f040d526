/**
 * Ends sessions: one act, whoever asks (the portal, a service, a suspension, a new password, time). What the protocols
 * derived from a session goes in the same commit, and in it is written down whom its end is to be told.
 */
import { isDomainError } from '../../base/errors.ts';
import { remove, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type DerivedSessions, type Session, sessions, type Telling } from './session.ts';

/** `idle` and `lifetime`: it was over by itself. */
export type EndCause =
  | 'logout'
  /** By its owner, from another one. */
  | 'ended_by_owner'
  | 'other_account'
  | 'suspended'
  | 'not_me'
  | 'password_changed'
  /** It relied on a factor that was taken away. */
  | 'factor_removed'
  | 'idle'
  | 'lifetime';

export interface Ending {
  readonly cause: EndCause;
  readonly telling: Telling;
}

/**
 * Of the session as it was read, and of no other state: a service that is entered at this moment would otherwise not be
 * told. So the commit may fail with `store.conflict`; `commitEnding` plans again.
 */
export async function planEnd(
  world: World,
  derived: readonly DerivedSessions[],
  actor: Actor,
  session: Stored<Session>,
  ending: EndCause | Ending,
): Promise<readonly Write[]> {
  const { cause, telling } = typeof ending === 'string' ? { cause: ending, telling: {} } : ending;
  const writes = await Promise.all(derived.map((kind) => kind.planEnd(session, telling)));
  return [
    remove(sessions, session.id, session.version),
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

/** Far more than a browser has tabs that load at once. */
const mostRounds = 20;

/**
 * Commits what `plan` answers, and plans again where a session moved in between.
 * @throws DomainError `store.conflict`, `store.duplicate` where that does not help: something else moved.
 */
export async function commitEnding({ store }: World, plan: () => Promise<readonly Write[]>): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      await store.commit(await plan());
      return;
    } catch (error) {
      const isRace = isDomainError(error, 'store.conflict') || isDomainError(error, 'store.duplicate');
      if (!isRace || round >= mostRounds) throw error;
    }
  }
}

/** Ends it as it stands now. Whoever finds that somebody else was first has nothing to do. */
export const endSession = (
  world: World,
  derived: readonly DerivedSessions[],
  actor: Actor,
  { id }: Session,
  ending: EndCause | Ending,
): Promise<void> =>
  commitEnding(world, async () => {
    const session = await world.store.get(sessions, id);
    return session ? planEnd(world, derived, actor, session, ending) : [];
  });

/**
 * Commits `act` and the end of all that speaks for the account, then looks once more: a login may have begun a session
 * between the plan and its commit. One that is decided before the commit and begins after it finds out by itself
 * (login/overtaken.ts). Without the two, whoever goes on logging in with a stolen password has a session when it is changed.
 */
export async function commitEndingAll(
  world: World,
  endAll: () => Promise<readonly Write[]>,
  act: readonly Write[],
): Promise<void> {
  await commitEnding(world, async () => [...act, ...(await endAll())]);
  await commitEnding(world, endAll);
}
