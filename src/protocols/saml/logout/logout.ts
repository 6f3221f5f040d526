/** Single logout as the web sees it: what a browser or a service brings, and what comes of it. */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import { connectionByEntityId } from '../../../core/connections/registry.ts';
import type { Participant } from '../../../core/sessions/session.ts';
import type { Answer, Arrival } from '../answer.ts';
import type { CarriedMessage } from '../bindings/message.ts';
import { decodeRedirect } from '../bindings/redirect.ts';
import { type PostedMeans, readMessage } from '../posted-message.ts';
import { SamlRefusal } from '../refusal.ts';
import { parseXml } from '../xml/parse.ts';
import { goBack } from './answer-asker.ts';
import { type HeardAnswer, hearAnswer } from './hear-answer.ts';
import { readLogoutRequest } from './logout-request.ts';
import { type AskedEnd, askedToEnd, type ReceivedLogout, type ReceiveMeans } from './receive.ts';
import { logOutBySoap } from './soap.ts';
import { type ToldService, tellService, toldAt } from './tell-entered.ts';

export type ReceivedAtLogout = ({ readonly kind: 'asked' } & AskedEnd) | ({ readonly kind: 'heard' } & HeardAnswer);

type LogoutMeans = ReceiveMeans & PostedMeans;

export interface SamlLogout {
  /** What came to /saml/slo, by its query as it was received. */
  receive(rawQuery: string, arrival: Arrival): Promise<ReceivedAtLogout>;
  /** A SOAP envelope for another. @throws SamlRefusal */
  bySoap(text: string): Promise<string>;
  /** Undefined where a browser can tell it nothing, or no more. */
  tell(participant: Participant): Promise<ToldService | undefined>;
  /** Where `tell` leads, for the policy of the page. */
  toldAt(participant: Participant): Promise<string | undefined>;
  /** To the service that asked. Undefined where it takes no answers any more. */
  goBack(carried: string, isWhole: boolean): Promise<Answer | undefined>;
}

export const samlLogout = (means: LogoutMeans): SamlLogout => ({
  receive: (rawQuery, arrival) => receive(means, rawQuery, arrival),
  bySoap: (text) => logOutBySoap(means, text),
  tell: (participant) => tellService(means, participant),
  toldAt: (participant) => toldAt(means.world, participant),
  goBack: (carried, isWhole) => goBack(means, carried, isWhole),
});

async function receive(means: LogoutMeans, rawQuery: string, arrival: Arrival): Promise<ReceivedAtLogout> {
  let sender: SamlConnection | undefined;
  try {
    const { kind, received } = await readFrom(means, rawQuery);
    const { document, signedQuery } = received;
    if (kind === 'SAMLResponse') return { kind: 'heard', ...(await hearAnswer(means, document, signedQuery)) };
    sender = await connectionByEntityId(means.world, readLogoutRequest(document.root).issuer);
    if (!sender) throw new SamlRefusal('sender_unknown', 'no connection has this entityID');
    return { kind: 'asked', ...(await askedToEnd(means, sender, received, arrival)) };
  } catch (refusal) {
    if (!(refusal instanceof SamlRefusal)) throw refusal;
    return { kind: 'asked', answer: { kind: 'refused', refusal, ...(sender ? { connection: sender } : {}) } };
  }
}

interface Read {
  readonly kind: CarriedMessage['kind'];
  readonly received: ReceivedLogout;
}

/** @throws DomainError `attempt.not_found` when a posted one has been kept too long. */
async function readFrom(means: PostedMeans, rawQuery: string): Promise<Read> {
  const handle = new URLSearchParams(rawQuery).get('posted');
  if (handle !== null) return readOf(await readMessage(means, handle), { binding: 'post' });
  const { isSigned, ...message } = decodeRedirect(rawQuery);
  return readOf(message, { binding: 'redirect', ...(isSigned ? { signedQuery: rawQuery } : {}) });
}

const readOf = (
  { kind, xml, relayState }: CarriedMessage,
  way: Pick<ReceivedLogout, 'binding' | 'signedQuery'>,
): Read => ({
  kind,
  received: { ...way, document: parseXml(xml), ...(relayState === undefined ? {} : { relayState }) },
});
