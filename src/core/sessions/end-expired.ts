/**
 * Sessions that are over by themselves, by idleness or age, are ended like all others: their services are told. Their
 * records wait for this; until then nobody takes them for sessions (keep.ts).
 */
import { isDomainError } from '../../base/errors.ts';
import type { Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { planEnd } from './end.ts';
import { type DerivedSessions, type Session, sessions } from './session.ts';

/** Side by side, so that they share a sync of the disk; few, so that a login between them hardly waits. */
const batchSize = 20;

/**
 * All that are over now, unless `signal` is aborted before. One that cannot be ended keeps no other waiting; the first
 * such failure is thrown at the end.
 * @returns how many were ended.
 */
export async function endExpired(
  world: World,
  derived: readonly DerivedSessions[],
  signal: AbortSignal,
): Promise<number> {
  const below = world.clock.now() + 1;
  let ended = 0;
  let failure: PromiseRejectedResult | undefined;
  let after: string | undefined;
  do {
    const query = { index: 'byEnd', below, limit: batchSize };
    const page = await world.store.find(sessions, { ...query, ...(after ? { after } : {}) });
    const outcomes = await Promise.allSettled(page.records.map((session) => endOne(world, derived, session)));
    ended += outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
    failure ??= outcomes.find((outcome) => outcome.status === 'rejected');
    after = page.next;
  } while (after !== undefined && !signal.aborted);
  if (failure) throw failure.reason;
  return ended;
}

/** False where somebody else has ended it, or this node must no longer: whoever does that then does it. */
async function endOne(world: World, derived: readonly DerivedSessions[], session: Stored<Session>): Promise<boolean> {
  const cause = session.expiresAt < session.endsAt ? 'idle' : 'lifetime';
  try {
    await world.store.commit(await planEnd(world, derived, { kind: 'system' }, session, cause));
    return true;
  } catch (error) {
    if (!isDomainError(error, 'store.conflict')) throw error;
    return false;
  }
}
