/**
 * What a service is answered that comes for a response with its artifact (Profiles 5, Bindings 3.2 and 3.6). It is known by
 * its signature: nothing that a network in between could lend it.
 */
import type { Config } from '../../../config/schema.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import { connectionByEntityId } from '../../../core/connections/registry.ts';
import type { LiveRing } from '../../../core/keys/live-ring.ts';
import type { World } from '../../../core/world.ts';
import { envelope, openEnvelope } from '../bindings/soap.ts';
import { issuerFor } from '../issuer.ts';
import { samlPaths } from '../places.ts';
import { SamlRefusal, type SamlStatus } from '../refusal.ts';
import { instantText } from '../responses/assertion.ts';
import { messageId, statusXml } from '../responses/response.ts';
import { signEnveloped } from '../signature/sign.ts';
import { verifyEnveloped } from '../signature/verify.ts';
import { signerFor } from '../signing-key.ts';
import type { XmlDocument } from '../xml/parse.ts';
import { type CanonicalXml, element, raw, write } from '../xml/write.ts';
import { type ArtifactResolve, readArtifactResolve } from './artifact-resolve.ts';
import { takeResponse } from './kept-response.ts';

export interface ResolveMeans {
  readonly world: World;
  readonly config: Config;
  readonly ring: LiveRing;
}

/**
 * @param text a SOAP envelope.
 * @returns another one.
 * @throws SamlRefusal for what is no request of a known service, signed by it: to a stranger nothing is signed.
 */
export async function resolveArtifact(means: ResolveMeans, text: string): Promise<string> {
  const { world } = means;
  const document = openEnvelope(text);
  const { issuer } = readArtifactResolve(document.root);
  const connection = await connectionByEntityId(world, issuer);
  if (!connection) throw new SamlRefusal('sender_unknown', 'no connection has this entityID');
  if (connection.state !== 'active') throw new SamlRefusal('sender_suspended', 'the connection is suspended');
  const request = verifiedResolve(means, document, connection);
  const message = await takeResponse(world, request.artifact, connection.id);
  return envelope(await artifactResponse(means, connection, request.id, message));
}

/** Bindings 3.6.6.1: only the service for which the message was made may fetch it, so it must show that it is that one. */
function verifiedResolve(
  { world, config }: ResolveMeans,
  document: XmlDocument,
  { saml }: SamlConnection,
): ArtifactResolve {
  const request = readArtifactResolve(verifyEnveloped(document, saml.signingCertificates));
  if (request.issuer !== saml.entityId)
    throw new SamlRefusal('signature_invalid', 'the signature covers another Issuer');
  const location = `${config.server.issuer}${samlPaths.artifact}`;
  if (request.destination !== undefined && request.destination !== location) {
    throw new SamlRefusal('destination_wrong', `Destination is not ${location}`);
  }
  if (Math.abs(world.clock.now() - request.issueInstant) > config.saml.clockSkew) {
    throw new SamlRefusal('time_wrong', 'IssueInstant is too far from the time here');
  }
  return request;
}

const success: SamlStatus = { top: 'success' };

/** Core 3.5.2, 3.5.3: success, with the message or without one. */
function artifactResponse(
  { world, config, ring }: ResolveMeans,
  connection: SamlConnection,
  inResponseTo: string,
  message: CanonicalXml | undefined,
): Promise<CanonicalXml> {
  const attributes = {
    ID: messageId(world.ids),
    InResponseTo: inResponseTo,
    IssueInstant: instantText(world.clock.now()),
    Version: '2.0',
  };
  const response = element('samlp:ArtifactResponse', attributes, [
    element('saml:Issuer', {}, [issuerFor(config, connection)]),
    statusXml(success),
    message === undefined ? undefined : raw(message),
  ]);
  return signEnveloped(write(response), signerFor(ring.current().keys, connection));
}
