/**
 * The end of a session is told to the services that were entered in it: one message is owed to each that listens, written
 * down with the end itself, and so is what the browser has to tell. What a message says is the protocol's matter; that it
 * gets there, the outbox's. Who can be told by nobody is named in the audit trail.
 */
import { auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import type { LogoutContent } from '../notices/content.ts';
import { planNotices } from '../notices/plan.ts';
import type { World } from '../world.ts';
import { owedKey, planRound } from './logout-round.ts';
import type { DerivedSessions, Participant, Session, Telling } from './session.ts';

/** Undefined where the service is not to be told. */
export type LogoutMessage = (session: Session, participant: Participant) => Promise<LogoutContent | undefined>;

/** A participant whose protocol has no message is left alone. */
export type LogoutMessages = { readonly [Protocol in Participant['protocol']]?: LogoutMessage };

/** Whether a browser can tell the service. */
export type BrowserWays = {
  readonly [Protocol in Participant['protocol']]?: (participant: Participant) => Promise<boolean>;
};

export const tellParticipants = (
  world: World,
  masterKey: MasterKey,
  messages: LogoutMessages,
  browserWays: BrowserWays = {},
): DerivedSessions => ({
  async planEnd(session, telling = {}) {
    const reached = await Promise.all(
      session.participants.map((participant) => reach(messages, browserWays, session, participant, telling)),
    );
    const { id, accountId } = session;
    const owed = reached.flatMap(({ participant: { connectionId }, content }) =>
      content ? [{ kind: 'logout' as const, content, accountId, dedupeKey: owedKey(id, connectionId) }] : [],
    );
    const untold = reached.filter(({ isUntold }) => isUntold).map(({ participant }) => participant.connectionId);
    const facts = { type: 'session.untold' as const, accountId, services: untold };
    return [
      ...(await planNotices(world, masterKey, owed)),
      ...(untold.length === 0 ? [] : [auditWrite(world, { kind: 'system' }, facts)]),
      ...planRound(world, session, telling, reached),
    ];
  },

  planEndAccount: async () => [],
});

export interface Reached {
  readonly participant: Participant;
  readonly content: LogoutContent | undefined;
  readonly isForBrowser: boolean;
  readonly isUntold: boolean;
}

async function reach(
  messages: LogoutMessages,
  browserWays: BrowserWays,
  session: Session,
  participant: Participant,
  { askedBy, round }: Telling,
): Promise<Reached> {
  const { protocol, connectionId } = participant;
  const isAsker = askedBy?.connectionId === connectionId;
  const content = isAsker && askedBy.isAnswered ? undefined : await messages[protocol]?.(session, participant);
  const isForBrowser =
    round !== undefined && !(isAsker && askedBy.isAnswered) && (await browserWays[protocol]?.(participant)) === true;
  return { participant, content, isForBrowser, isUntold: !isAsker && content === undefined && !isForBrowser };
}
