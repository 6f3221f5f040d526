/**
 * What comes to /saml/slo through a browser: a service that asks for the end of the session, or one that answers us. A request
 * that is refused before its sender is known for certain is shown here; after that the service is told.
 */

import type { SamlConnection } from '../../../core/connections/connection.ts';
import { endSession } from '../../../core/sessions/end.ts';
import { endInRound } from '../../../core/sessions/end-in-round.ts';
import { areOthersOwed } from '../../../core/sessions/round-standing.ts';
import type { DerivedSessions, Session } from '../../../core/sessions/session.ts';
import type { Stored } from '../../../store/port.ts';
import type { Answer, Arrival } from '../answer.ts';
import { answerWrite, useUp, wasAnswered } from '../answered-request.ts';
import { issuerFor } from '../issuer.ts';
import { samlPaths } from '../places.ts';
import { SamlRefusal } from '../refusal.ts';
import type { XmlDocument } from '../xml/parse.ts';
import { type AskedLogout, answerService, partial, success } from './answer-asker.ts';
import { judgeLogout } from './judge-logout.ts';
import type { BrowserPlace } from './logout-places.ts';
import { type LogoutRequest, readLogoutRequest } from './logout-request.ts';
import { checkOwn, namedSessions, personIn } from './named-session.ts';
import type { LogoutMeans } from './own-request.ts';

export interface ReceiveMeans extends LogoutMeans {
  readonly derivedSessions: readonly DerivedSessions[];
}

export interface ReceivedLogout {
  readonly document: XmlDocument;
  readonly binding: BrowserPlace['binding'];
  readonly relayState?: string;
  readonly signedQuery?: string;
}

export type LogoutAnswer =
  | Answer
  /** To the page of a round that has begun. */
  | { readonly kind: 'round'; readonly handle: string };

export interface AskedEnd {
  readonly answer: LogoutAnswer;
  /** The session of this browser has ended; this is the token of its cookie from now on. */
  readonly browserToken?: string;
}

/** @throws SamlRefusal: shown here. */
export async function askedToEnd(
  means: ReceiveMeans,
  connection: SamlConnection,
  received: ReceivedLogout,
  arrival: Arrival,
): Promise<AskedEnd> {
  const { world, config } = means;
  if (!canSign(connection, received)) return { answer: { kind: 'redirect', to: '/logout' } };
  const location = `${config.server.issuer}${samlPaths.slo}`;
  const judging = { connection, location, now: world.clock.now(), clockSkew: config.saml.clockSkew };
  const request = judgeLogout(received.document, readLogoutRequest, received.signedQuery, judging);
  const asked: AskedLogout = {
    connectionId: connection.id,
    requestId: request.id,
    binding: received.binding,
    ...(received.relayState === undefined ? {} : { relayState: received.relayState }),
    issuer: issuerFor(config, connection),
  };
  if (await wasAnswered(world, connection.id, request.id)) {
    throw new SamlRefusal('replayed', 'the request was acted upon before');
  }
  try {
    return await end(means, connection, { asked, request }, arrival);
  } catch (error) {
    if (!(error instanceof SamlRefusal) || !error.status) throw error;
    return { answer: await answerService(means, connection, asked, { status: error.status, words: error.message }) };
  }
}

/**
 * Microsoft 365 sends its requests unsigned, and so does a service that has no key at all. Nobody knows then who asks: so the
 * person is asked, as by a service of OpenID Connect.
 */
function canSign({ saml }: SamlConnection, { signedQuery, document }: ReceivedLogout): boolean {
  const isUnsigned = signedQuery === undefined && !document.root.children.some(({ name }) => name === 'Signature');
  return !(isUnsigned && (saml.signingCertificates.length === 0 || saml.preset === 'microsoft365'));
}

interface Judged {
  readonly asked: AskedLogout;
  readonly request: LogoutRequest;
}

async function end(
  means: ReceiveMeans,
  connection: SamlConnection,
  judged: Judged,
  { session }: Arrival,
): Promise<AskedEnd> {
  const { world, ring, config } = means;
  const { asked, request } = judged;
  const meant = await namedSessions(world, connection, personIn(request, ring), request);
  if (session) checkOwn(session, connection, meant);
  const own = meant.find(({ id }) => id === session?.id);
  // Whoever caught it would end with it what the person begins anew: one without an index means every session.
  if (!own) await useUp(world, 2 * config.saml.clockSkew, asked.connectionId, asked.requestId);
  const isToldElsewhere = await endUnseen(
    means,
    connection,
    meant.filter((one) => one !== own),
  );
  const known = own?.participants.find(({ connectionId }) => connectionId === connection.id)?.handles.issuer;
  const answered = { ...asked, issuer: known ?? asked.issuer };
  if (!own) {
    const status = isToldElsewhere ? success : partial;
    return { answer: await answerService(means, connection, answered, { status }) };
  }
  const browserToken = world.ids.token();
  const handle = await endInRound(world, means.derivedSessions, own, {
    actor: { kind: 'person', id: own.accountId },
    browserToken,
    askedBy: { connectionId: connection.id, isAnswered: true },
    back: { protocol: 'saml', carried: JSON.stringify(answered) },
    writes: [usedUp(means, judged)],
  });
  if (handle !== undefined) return { answer: { kind: 'round', handle }, browserToken };
  const status = isToldElsewhere ? success : partial;
  return { answer: await answerService(means, connection, answered, { status }), browserToken };
}

const usedUp = ({ world, config }: ReceiveMeans, { asked }: Judged) =>
  answerWrite(world, 2 * config.saml.clockSkew, asked.connectionId, asked.requestId);

/** Sessions that no browser is here for. @returns whether every service that was entered in them is owed a message. */
export async function endUnseen(
  { world, derivedSessions }: ReceiveMeans,
  { id: connectionId }: SamlConnection,
  meant: readonly Stored<Session>[],
): Promise<boolean> {
  const askedBy = { connectionId, isAnswered: true };
  const told = await Promise.all(
    meant.map(async (session) => {
      const actor = { kind: 'person' as const, id: session.accountId };
      await endSession(world, derivedSessions, actor, session, { cause: 'logout', telling: { askedBy } });
      return areOthersOwed(world, session, connectionId);
    }),
  );
  return told.every(Boolean);
}
