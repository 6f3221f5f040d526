/**
 * The end of a session is told to the services that were entered in it: one message is owed to each, written down with
 * the end itself. What a message says is the protocol's matter; that it gets there, the outbox's.
 */
import type { MasterKey } from '../keys/master-key.ts';
import type { LogoutContent } from '../notices/content.ts';
import { type Owed, planNotices } from '../notices/plan.ts';
import type { World } from '../world.ts';
import type { DerivedSessions, Participant, Session } from './session.ts';

/** Undefined where the service is not to be told. */
export type LogoutMessage = (session: Session, participant: Participant) => Promise<LogoutContent | undefined>;

/** A participant whose protocol has no message is left alone. */
export type LogoutMessages = { readonly [Protocol in Participant['protocol']]?: LogoutMessage };

export const tellParticipants = (world: World, masterKey: MasterKey, messages: LogoutMessages): DerivedSessions => ({
  async planEnd(session) {
    const owed = await Promise.all(session.participants.map((participant) => owedTo(messages, session, participant)));
    return planNotices(world, masterKey, owed.flat());
  },

  planEndAccount: async () => [],
});

async function owedTo(messages: LogoutMessages, session: Session, participant: Participant): Promise<readonly Owed[]> {
  const content = await messages[participant.protocol]?.(session, participant);
  if (content === undefined) return [];
  const { id, accountId } = session;
  return [{ kind: 'logout', content, accountId, dedupeKey: `logout/${id}/${participant.connectionId}` }];
}
