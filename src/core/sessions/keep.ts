/**
 * Finds, starts, raises and enters sessions. Plans are pure: the caller commits them with what they belong to. A session
 * that is over is found by nobody here, although its record may wait to be ended: all reads but that of the end are here.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { findOne, insert, replace, type Stored, type Write } from '../../store/port.ts';
import type { FactorUse } from '../credentials/factor-use.ts';
import type { Account } from '../people/account.ts';
import type { World } from '../world.ts';
import { type Device, type Participant, type Session, type SessionLifetimes, sessions } from './session.ts';

/** The session whose cookie this is. */
export const sessionByToken = async (world: World, token: string): Promise<Stored<Session> | undefined> =>
  unlessOver(world, await findOne(world.store, sessions, 'byToken', digestOf(token)));

export const sessionById = async (world: World, id: string): Promise<Stored<Session> | undefined> =>
  unlessOver(world, await world.store.get(sessions, id));

/** All that go on, the youngest first. */
export async function sessionsOf(world: World, accountId: string): Promise<readonly Stored<Session>[]> {
  const found: Stored<Session>[] = [];
  let after: string | undefined;
  do {
    const query = { index: 'byAccount', equals: [accountId], descending: true, limit: 1000 };
    const page = await world.store.find(sessions, { ...query, ...(after ? { after } : {}) });
    found.push(...page.records);
    after = page.next;
  } while (after);
  return found.filter((session) => unlessOver(world, session));
}

/** All that go on in which a service may speak of the person by this name (a digest). */
export async function sessionsNamed(world: World, name: string): Promise<readonly Stored<Session>[]> {
  const page = await world.store.find(sessions, { index: 'byName', equals: [name], limit: 1000 });
  return page.records.filter((session) => unlessOver(world, session));
}

const unlessOver = ({ clock }: World, session: Stored<Session> | undefined): Stored<Session> | undefined =>
  session !== undefined && clock.now() < session.expiresAt ? session : undefined;

export interface SessionPlan {
  readonly session: Session;
  /** For the cookie; nowhere else. */
  readonly token: string;
  readonly write: Write;
}

const expiryOf = (endsAt: Instant, now: Instant, lifetimes: SessionLifetimes): Instant =>
  Math.min(endsAt, now + lifetimes.idleLifetime);

export function planStart(
  { clock, ids }: World,
  lifetimes: SessionLifetimes,
  account: Account,
  factors: readonly FactorUse[],
  device: Device,
): SessionPlan {
  const now = clock.now();
  const token = ids.token();
  const endsAt = Math.min(now + lifetimes.absoluteLifetime, account.expiresAt ?? Number.POSITIVE_INFINITY);
  const session: Session = {
    id: ids.id(),
    tokenDigest: digestOf(token),
    accountId: account.id,
    personId: account.personId,
    factors,
    device,
    participants: [],
    startedAt: now,
    seenAt: now,
    endsAt,
    expiresAt: expiryOf(endsAt, now, lifetimes),
  };
  return { session, token, write: insert(sessions, session) };
}

/**
 * Factors proven again replace the older use of the same kind. The token changes, so that a token fixed or seen before
 * the rise opens nothing that the rise has won.
 */
export function planRise(
  { clock, ids }: World,
  lifetimes: SessionLifetimes,
  session: Stored<Session>,
  factors: readonly FactorUse[],
): SessionPlan {
  const now = clock.now();
  const token = ids.token();
  const kept = session.factors.filter(({ kind }) => !factors.some((factor) => factor.kind === kind));
  const risen: Stored<Session> = {
    ...session,
    tokenDigest: digestOf(token),
    factors: [...kept, ...factors],
    seenAt: now,
    expiresAt: expiryOf(session.endsAt, now, lifetimes),
  };
  return { session: risen, token, write: replace(sessions, risen) };
}

/** Idleness is counted in steps of this length, so that a single sign-on does not cost a write. */
const seenStep = minutes(1);

/** Notes that the session is in use, and answers it as it then stands; undefined when it ended at this moment. */
export async function noteSeen(
  world: World,
  lifetimes: SessionLifetimes,
  session: Stored<Session>,
): Promise<Stored<Session> | undefined> {
  const now = world.clock.now();
  if (now - session.seenAt < seenStep) return session;
  try {
    const seen = { ...session, seenAt: now, expiresAt: expiryOf(session.endsAt, now, lifetimes) };
    await world.store.commit([replace(sessions, seen)]);
  } catch (error) {
    // A store that takes no writes must not keep out who only reads; the end of idleness then stays where it was.
    if (isDomainError(error, 'store.unavailable')) return session;
    // Another request of the same browser was first; what it wrote is as good.
    if (!isDomainError(error, 'store.conflict')) throw error;
  }
  return sessionById(world, session.id);
}

/** The session with the service among its participants, or undefined where it already is, with the same handles. */
export function planEntry(session: Stored<Session>, participant: Participant): Write | undefined {
  const isSame = (other: Participant) =>
    other.connectionId === participant.connectionId &&
    other.protocol === participant.protocol &&
    JSON.stringify(other.handles) === JSON.stringify(participant.handles);
  if (session.participants.some(isSame)) return undefined;
  const others = session.participants.filter(({ connectionId }) => connectionId !== participant.connectionId);
  const participants = [...others, participant];
  const names = participants.flatMap((one) => one.names ?? []);
  return replace(sessions, { ...session, participants, ...(names.length === 0 ? {} : { names }) });
}
