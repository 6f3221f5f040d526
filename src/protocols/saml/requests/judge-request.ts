/**
 * Whether a request may be acted upon. First who asks and whether they said it, here and now; then where the answer goes.
 * From there on the place is the service's for certain, so what is refused after it may travel there.
 */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import { SamlRefusal } from '../refusal.ts';
import { verifyRedirect } from '../signature/redirect.ts';
import { verifyEnveloped } from '../signature/verify.ts';
import { parseXml, type XmlDocument } from '../xml/parse.ts';
import { type AuthnRequest, readAuthnRequest } from './authn-request.ts';
import { judgeConditions } from './conditions.ts';
import { chooseConsumer } from './consumer.ts';
import type { Question, ReplyPlace } from './question.ts';
import { judgeScoping } from './scoping.ts';
import { judgeSubject } from './subject.ts';

/** A message as a binding delivered it. */
export interface Received {
  readonly xml: string;
  readonly relayState?: string;
  /** Of the redirect binding, signed: the query as it came, over which its signature is (Bindings 3.4.4.1). */
  readonly signedQuery?: string;
}

export interface ReadRequest {
  readonly document: XmlDocument;
  /** As it was sent: it tells who says to ask, and nothing more until it is verified. */
  readonly asSent: AuthnRequest;
}

export function readRequest({ xml }: Pick<Received, 'xml'>): ReadRequest {
  const document = parseXml(xml);
  return { document, asSent: readAuthnRequest(document.root) };
}

export interface Judging {
  readonly connection: SamlConnection;
  /** Where this identity provider takes such messages. */
  readonly location: string;
  readonly now: number;
  /** Milliseconds. */
  readonly clockSkew: number;
}

/** The request as it was signed, where it was. @throws SamlRefusal that is shown here: nobody knows yet who asked. */
export function judgeSender(received: Received, read: ReadRequest, judging: Judging): AuthnRequest {
  const { connection, location, now, clockSkew } = judging;
  if (connection.state !== 'active') throw new SamlRefusal('sender_suspended', 'the connection is suspended');
  const { isSigned, request } = verified(received, read, connection);
  // Bindings 3.4.5.2, 3.5.5.2: a signed request that was meant for another must not be taken here.
  const isMissing = isSigned && request.destination === undefined;
  if (isMissing || (request.destination !== undefined && request.destination !== location)) {
    const written = request.destination;
    throw new SamlRefusal('destination_wrong', `Destination is not ${location}`, { written });
  }
  // SAML2int SDP-G01. Older ones may have been answered long ago; what was answered is remembered no longer than this.
  if (Math.abs(now - request.issueInstant) > clockSkew) {
    const written = new Date(request.issueInstant).toISOString();
    throw new SamlRefusal('time_wrong', 'IssueInstant is too far from the time here', { written });
  }
  return request;
}

/** SAML2int SDP-IDP04, IDP05: unsigned ones are taken unless the service signs; one with a signature must verify. */
function verified({ signedQuery }: Received, { document, asSent }: ReadRequest, { saml }: SamlConnection) {
  if (signedQuery !== undefined) verifyRedirect(signedQuery, saml.signingCertificates);
  // What is read from here on is what was signed, not what was sent beside it.
  const request = asSent.hasSignature ? readAuthnRequest(verifyEnveloped(document, saml.signingCertificates)) : asSent;
  const isSigned = asSent.hasSignature || signedQuery !== undefined;
  if (saml.requests === 'signed' && !isSigned) {
    throw new SamlRefusal('signature_missing', 'the service signs its requests, and this one is not signed');
  }
  // The connection was looked up by the name that was sent.
  if (request.issuer !== saml.entityId)
    throw new SamlRefusal('signature_invalid', 'the signature covers another Issuer');
  return { isSigned, request };
}

/** @throws SamlRefusal `consumer_unknown`, `binding_unsupported`: without a place nothing can travel. */
export function placeOf(request: AuthnRequest, { saml }: SamlConnection, relayState: string | undefined): ReplyPlace {
  const { url, binding, index } = chooseConsumer(saml.consumers, request);
  return {
    consumer: { url, binding, index },
    requestId: request.id,
    ...(relayState === undefined ? {} : { relayState }),
  };
}

/** @throws SamlRefusal with a status: it may travel. */
export function judgeWishes(
  request: AuthnRequest,
  place: ReplyPlace,
  { connection, issuer, now, clockSkew }: Omit<Judging, 'location'> & { readonly issuer: string },
): Question {
  const { conditions, scoping, nameIdPolicy, subject, context, force, passive } = request;
  if (scoping) judgeScoping(scoping, issuer);
  if (conditions) judgeConditions(conditions, connection.saml.entityId, { now, clockSkew });
  if (subject) judgeSubject(subject);
  const notOnOrAfter = conditions?.notOnOrAfter;
  return {
    ...place,
    connectionId: connection.id,
    force,
    passive,
    ...(nameIdPolicy ? { nameIdPolicy } : {}),
    ...(subject ? { subject } : {}),
    ...(context ? { context } : {}),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
  };
}
