/**
 * Whether a message about logging out may be acted upon: signed by the service that it names, meant for us, young, and ours
 * to act upon. An unsigned one would let any page on the web log people out, or say that a service had done so.
 */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import { SamlRefusal } from '../refusal.ts';
import { verifyRedirect } from '../signature/redirect.ts';
import { isSigned, verifyEnveloped } from '../signature/verify.ts';
import type { XmlElement } from '../xml/element.ts';
import type { XmlDocument } from '../xml/parse.ts';

export interface LogoutJudging {
  readonly connection: SamlConnection;
  /** Where this identity provider takes such messages. */
  readonly location: string;
  readonly now: number;
  /** Milliseconds. */
  readonly clockSkew: number;
}

/** What both kinds of message say, whatever else they say. */
export interface LogoutMessageHead {
  readonly issuer: string;
  readonly issueInstant: number;
  readonly destination?: string;
  readonly notOnOrAfter?: number;
}

/**
 * The message as it was signed (Profiles 4.4.3.1, 4.4.4.1): read again from what was verified.
 * @throws SamlRefusal
 */
export function judgeLogout<Message extends LogoutMessageHead>(
  document: XmlDocument,
  read: (root: XmlElement) => Message,
  signedQuery: string | undefined,
  judging: LogoutJudging,
): Message {
  const { connection, location, now, clockSkew } = judging;
  const { signingCertificates, entityId } = connection.saml;
  if (connection.state !== 'active') throw new SamlRefusal('sender_suspended', 'the connection is suspended');
  if (signedQuery !== undefined) verifyRedirect(signedQuery, signingCertificates);
  // One beside the query's must hold as well; where the query has none, the message has to have one.
  const hasOwn = isSigned(document) || signedQuery === undefined;
  const message = read(hasOwn ? verifyEnveloped(document, signingCertificates) : document.root);
  if (message.issuer !== entityId) throw new SamlRefusal('signature_invalid', 'the signature covers another Issuer');
  // Bindings 3.4.5.2, 3.5.5.2: one that was meant for another must not be taken here. By SOAP it may be left out.
  const isMissing = message.destination === undefined && !location.endsWith('/soap');
  if (isMissing || (message.destination !== undefined && message.destination !== location)) {
    throw new SamlRefusal('destination_wrong', `Destination is not ${location}`);
  }
  if (Math.abs(now - message.issueInstant) > clockSkew) {
    throw new SamlRefusal('time_wrong', 'IssueInstant is too far from the time here');
  }
  if (message.notOnOrAfter !== undefined && now >= message.notOnOrAfter + clockSkew) {
    throw new SamlRefusal('time_wrong', 'NotOnOrAfter has passed');
  }
  return message;
}
