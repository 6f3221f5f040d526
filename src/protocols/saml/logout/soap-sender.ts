/**
 * The outbox's way out for LogoutRequests by SOAP (Profiles 4.4.3.2). It is sent only when the service itself has said that
 * the person is logged out; every attempt is a message of its own, since a service refuses one that it has seen.
 */
import { hours } from '../../../base/duration.ts';
import { connections, isSaml, type SamlConnection } from '../../../core/connections/connection.ts';
import type { LogoutSender, SendOutcome } from '../../../core/notices/sender.ts';
import type { Outgoing } from '../../../outgoing/open-outgoing.ts';
import { isLasting, type OutgoingReason } from '../../../outgoing/outgoing-error.ts';
import { envelope, openEnvelope } from '../bindings/soap.ts';
import { enteredFrom } from '../entry.ts';
import { SamlRefusal } from '../refusal.ts';
import { signEnveloped } from '../signature/sign.ts';
import { isSigned, verifyEnveloped } from '../signature/verify.ts';
import { signerFor } from '../signing-key.ts';
import { write } from '../xml/write.ts';
import { soapPlace } from './logout-places.ts';
import { readLogoutResponse } from './logout-response.ts';
import { type LogoutMeans, ownRequest } from './own-request.ts';

export interface SoapMeans extends Omit<LogoutMeans, 'config'> {
  readonly outgoing: Outgoing;
}

/** The connection is read as it now stands, since the approved record is what runs. */
export function soapSender({ world, ring, outgoing }: SoapMeans): LogoutSender<'saml'> {
  return async ({ connectionId, handles }, { createdAt }, signal) => {
    const connection = await world.store.get(connections, connectionId);
    if (connection === undefined) return { kind: 'never', reason: 'connection.not_found' };
    if (connection.state === 'suspended') return { kind: 'later', reason: 'connection.suspended' };
    const entered = enteredFrom({ connectionId, protocol: 'saml', handles, enteredAt: createdAt });
    const place = isSaml(connection) ? soapPlace(connection) : undefined;
    if (!isSaml(connection) || !place || !entered) return { kind: 'never', reason: 'no logout address' };
    const { id, xml } = ownRequest(world, connection, place.url, entered);
    const signed = await signEnveloped(write(xml), signerFor(ring.current().keys, connection));
    const outcome = await outgoing.request(place.url, {
      method: 'POST',
      // Bindings 3.2.3: what SOAP 1.1 wants there.
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: soapAction },
      body: envelope(signed),
      limits: { totalTime: longestRequest },
      signal,
    });
    if (outcome.kind === 'failed') return judgeFailure(outcome.reason);
    const { status } = outcome.answer;
    if (status < 200 || status >= 300) return { kind: 'later', reason: `status ${status}` };
    return judgeAnswer(outcome.answer.text(), id, connection, world.clock.now() - createdAt);
  };
}

const soapAction = '"http://www.oasis-open.org/committees/security"';

/** Milliseconds; well within `longestSend` of the outbox. */
const longestRequest = 10_000;

/** After `never`, the outbox asks again when an operator says `outbox retry`. */
const judgeFailure = (reason: OutgoingReason): SendOutcome => ({ kind: isLasting(reason) ? 'never' : 'later', reason });

/** What is no good answer, is asked for again for a while; others are not held back meanwhile. */
function judgeAnswer(text: string, requestId: string, connection: SamlConnection, age: number): SendOutcome {
  const reason = problemOf(text, requestId, connection);
  if (reason === undefined) return { kind: 'accepted' };
  return age < patienceWithRefusals ? { kind: 'later', reason, about: 'notice' } : { kind: 'never', reason };
}

const patienceWithRefusals = hours(1);

/** A code, never a text of the service's. */
function problemOf(text: string, requestId: string, { saml }: SamlConnection): string | undefined {
  try {
    const document = openEnvelope(text);
    // Profiles 4.4.4.2: TLS has shown who answers, unless the address is one without it; a signature that is there, holds.
    const needsSignature = isSigned(document) || !soapPlace({ saml })?.url.startsWith('https:');
    const root = needsSignature ? verifyEnveloped(document, saml.signingCertificates) : document.root;
    const response = readLogoutResponse(root);
    if (response.issuer !== saml.entityId || response.inResponseTo !== requestId) return 'another answer';
    return response.isSuccess ? undefined : 'not logged out';
  } catch (error) {
    if (error instanceof SamlRefusal) return error.reason;
    throw error;
  }
}
