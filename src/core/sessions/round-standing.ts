/**
 * What is known of each service in a round. Never more than that: a message that the outbox has sent was accepted by the
 * service, a frame was only ever loaded.
 */

import { findOne } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import { notices } from '../notices/notice.ts';
import { retryNotice } from '../notices/retry.ts';
import { noticeStanding } from '../notices/standing.ts';
import type { World } from '../world.ts';
import { type LogoutRound, owedKey, type RoundPart } from './logout-round.ts';
import type { Session } from './session.ts';

export type PartState =
  /** It asked for the log-out itself, and is told nothing but its answer. */
  | 'asker'
  | 'waiting'
  /** It was told by the browser; that it has heard of it, it has not said, or cannot say. */
  | 'sent'
  /** It has said so itself. */
  | 'done'
  | 'failed'
  /** There is no way to tell it. */
  | 'untold';

export interface PartStanding {
  readonly part: RoundPart;
  readonly state: PartState;
  /** Failed, and the outbox goes on trying by itself. */
  readonly isRetried: boolean;
}

/** Milliseconds that a service has to answer in the browser, until the person is offered to go there. */
const patience = 15_000;

export const standingOf = (world: World, round: LogoutRound): Promise<readonly PartStanding[]> =>
  Promise.all(round.parts.map(async (part) => ({ part, ...(await stateOf(world, round, part)) })));

async function stateOf(world: World, round: LogoutRound, part: RoundPart): Promise<Omit<PartStanding, 'part'>> {
  const { connectionId, isOwed, inBrowser, protocol } = part;
  if (isOwed) {
    const standing = await noticeStanding(world, owedKey(round.sessionId, connectionId));
    const state = standing === 'sent' ? 'done' : standing === 'waiting' ? 'waiting' : 'failed';
    return { state, isRetried: standing === 'late' };
  }
  if (!inBrowser) return { state: round.askedBy === connectionId ? 'asker' : 'untold', isRetried: false };
  const { state, sentAt = 0 } = inBrowser;
  // OpenID Connect knows no answer by this way (Front-Channel Logout 1.0, 2); whoever can answer and does not, has failed.
  const isLate = state === 'sent' && protocol === 'saml' && world.clock.now() >= sentAt + patience;
  return { state: isLate ? 'failed' : state, isRetried: false };
}

/** Whether nothing more will change by itself within moments. */
export const isSettled = (parts: readonly PartStanding[]): boolean =>
  parts.every(({ state, part }) => state !== 'waiting' && !(state === 'sent' && part.protocol === 'saml'));

/** Whether every service has said itself that the person is logged out there. */
export const isWhole = (parts: readonly PartStanding[]): boolean =>
  parts.every(({ state }) => state === 'asker' || state === 'done');

/** Of a session that has ended without a browser: whether all its services but this one hear of it in time. */
export async function areOthersOwed(
  { store }: World,
  { id, participants }: Session,
  askedBy: string,
): Promise<boolean> {
  const others = participants.filter(({ connectionId }) => connectionId !== askedBy);
  const owed = others.map(({ connectionId }) => findOne(store, notices, 'byDedupeKey', owedKey(id, connectionId)));
  return (await Promise.all(owed)).every((notice) => notice !== undefined);
}

/** The message that the outbox owes goes out now. */
export async function sendOwedAgain(
  world: World,
  actor: Actor,
  { sessionId }: LogoutRound,
  connectionId: string,
): Promise<void> {
  const owed = await findOne(world.store, notices, 'byDedupeKey', owedKey(sessionId, connectionId));
  if (owed) await retryNotice(world, actor, owed.id);
}
