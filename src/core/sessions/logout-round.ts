/**
 * One log-out as the person sees it: which services were entered in the session that has ended, and what is known of each.
 * It is begun in the commit that ends the session, belongs to the browser in which that was, and is forgotten soon. That a
 * service is done is written only on its own word.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf, isSameText } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { type Collection, findOne, insert, replace, type Stored, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { Participant, RoundBack, Session, Telling } from './session.ts';

/** What the browser has told, and what was answered. */
export interface BrowserTelling {
  readonly state: 'waiting' | 'sent' | 'done' | 'failed';
  readonly sentAt?: Instant;
}

export interface RoundPart extends Participant {
  /** A message lies in the outbox. */
  readonly isOwed: boolean;
  /** Absent where a browser can tell nothing there. */
  readonly inBrowser?: BrowserTelling;
}

/** A message to a service by way of the browser, which is answered by that way too. */
export interface RoundRequest {
  /** SHA-256 of its id. */
  readonly digest: string;
  readonly connectionId: string;
  /** The handle of the round, sealed under the id: whoever answers the message finds the way back to the page. */
  readonly sealedHandle: string;
  /** In a frame of the page; otherwise the whole window went there. */
  readonly isFramed: boolean;
}

export interface LogoutRound {
  /** SHA-256 of the handle in the page's address. */
  readonly id: string;
  readonly browserDigest: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly parts: readonly RoundPart[];
  readonly askedBy?: string;
  readonly back?: RoundBack;
  readonly requests: readonly RoundRequest[];
  /** The digests of `requests`, for the index. */
  readonly requestDigests: readonly string[];
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
}

export const logoutRounds: Collection<LogoutRound> = {
  name: 'logoutRounds',
  indexes: [{ name: 'byRequest', fields: ['requestDigests'], multiple: true }],
  expiresAt: 'expiresAt',
};

/** Long enough for a chain of pages; then nobody who comes to this browser reads any more which services were used. */
const lifetime = minutes(20);

/** Under which the outbox owes the message of this end to this service. */
export const owedKey = (sessionId: string, connectionId: string): string => `logout/${sessionId}/${connectionId}`;

/** How a participant can be reached, as tell-participants.ts has found out. */
interface Reach {
  readonly participant: Participant;
  readonly content: unknown;
  readonly isForBrowser: boolean;
}

/** Nothing where no other service than the one that asked was entered: there is nothing to be told or shown. */
export function planRound(
  { clock }: World,
  { id: sessionId, accountId }: Session,
  { round, askedBy }: Telling,
  reached: readonly Reach[],
): readonly Write[] {
  if (!round || reached.every(({ participant }) => participant.connectionId === askedBy?.connectionId)) return [];
  const now = clock.now();
  const parts = reached.map(({ participant, content, isForBrowser }): RoundPart => {
    const { names: _names, ...rest } = participant;
    return { ...rest, isOwed: content !== undefined, ...(isForBrowser ? { inBrowser: { state: 'waiting' } } : {}) };
  });
  return [
    insert(logoutRounds, {
      ...round,
      sessionId,
      accountId,
      parts,
      ...(askedBy ? { askedBy: askedBy.connectionId } : {}),
      requests: [],
      requestDigests: [],
      startedAt: now,
      expiresAt: now + lifetime,
    }),
  ];
}

/** Undefined where there is none, no more, or it is another browser's. */
export async function roundByHandle(
  { store }: World,
  handle: string,
  browserToken: string | undefined,
): Promise<Stored<LogoutRound> | undefined> {
  const round = await store.get(logoutRounds, digestOf(handle));
  const isOwn = round && browserToken !== undefined && isSameText(digestOf(browserToken), round.browserDigest);
  return isOwn ? round : undefined;
}

/** The round in which a message with this id was sent. */
export async function roundByRequest(
  { store }: World,
  requestId: string,
): Promise<{ readonly round: Stored<LogoutRound>; readonly request: RoundRequest } | undefined> {
  const digest = digestOf(requestId);
  const round = await findOne(store, logoutRounds, 'byRequest', digest);
  const request = round?.requests.find((one) => one.digest === digest);
  return round && request && { round, request };
}

/** As many services as answer at the same moment, and more. */
const mostTurns = 100;

/** By compare-and-swap: the answers of several services come at once. Commits `writes` with it; nothing where it is gone. */
export async function changeRound(
  { store }: World,
  id: string,
  change: (round: Stored<LogoutRound>) => Stored<LogoutRound>,
  writes: readonly Write[] = [],
): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    const round = await store.get(logoutRounds, id);
    if (!round) return;
    try {
      await store.commit([replace(logoutRounds, change(round)), ...writes]);
      return;
    } catch (error) {
      if (!isDomainError(error, 'store.conflict') || turn >= mostTurns) throw error;
    }
  }
}

export const withTelling = (
  round: Stored<LogoutRound>,
  connectionId: string,
  inBrowser: BrowserTelling,
): Stored<LogoutRound> => ({
  ...round,
  parts: round.parts.map((part) => (part.connectionId === connectionId ? { ...part, inBrowser } : part)),
});
