/**
 * A service asks for the end of a session by itself, without a browser (Profiles 4.4.3.1). Nobody can wait here until others
 * have answered: Success says that the session is over and that each of them is owed a message, PartialLogout that some hear
 * of it by nobody.
 */

import type { SamlConnection } from '../../../core/connections/connection.ts';
import { connectionByEntityId } from '../../../core/connections/registry.ts';
import { useUp } from '../answered-request.ts';
import { envelope, openEnvelope } from '../bindings/soap.ts';
import { issuerFor } from '../issuer.ts';
import { samlPaths } from '../places.ts';
import { SamlRefusal, type SamlStatus } from '../refusal.ts';
import { messageId } from '../responses/response.ts';
import { signEnveloped } from '../signature/sign.ts';
import { signerFor } from '../signing-key.ts';
import { write } from '../xml/write.ts';
import { partial, success } from './answer-asker.ts';
import { judgeLogout } from './judge-logout.ts';
import { type LogoutRequest, readLogoutRequest } from './logout-request.ts';
import { logoutResponseXml } from './logout-response.ts';
import { namedSessions, personIn } from './named-session.ts';
import { endUnseen, type ReceiveMeans } from './receive.ts';

/**
 * @param text a SOAP envelope.
 * @returns another one.
 * @throws SamlRefusal for what is no request of a known service, signed by it: to a stranger nothing is signed.
 */
export async function logOutBySoap(means: ReceiveMeans, text: string): Promise<string> {
  const { world, config } = means;
  const document = openEnvelope(text);
  const { issuer } = readLogoutRequest(document.root);
  const connection = await connectionByEntityId(world, issuer);
  if (!connection) throw new SamlRefusal('sender_unknown', 'no connection has this entityID');
  const location = `${config.server.issuer}${samlPaths.soap}`;
  const judging = { connection, location, now: world.clock.now(), clockSkew: config.saml.clockSkew };
  const request = judgeLogout(document, readLogoutRequest, undefined, judging);
  await useUp(world, 2 * config.saml.clockSkew, connection.id, request.id);
  try {
    return await answer(means, connection, request.id, { status: await end(means, connection, request) });
  } catch (error) {
    if (!(error instanceof SamlRefusal) || !error.status) throw error;
    return answer(means, connection, request.id, { status: error.status, words: error.message });
  }
}

async function end(means: ReceiveMeans, connection: SamlConnection, request: LogoutRequest): Promise<SamlStatus> {
  const meant = await namedSessions(means.world, connection, personIn(request, means.ring), request);
  return (await endUnseen(means, connection, meant)) ? success : partial;
}

async function answer(
  { world, config, ring }: ReceiveMeans,
  connection: SamlConnection,
  inResponseTo: string,
  said: { readonly status: SamlStatus; readonly words?: string },
): Promise<string> {
  const xml = logoutResponseXml({
    id: messageId(world.ids),
    inResponseTo,
    issuedAt: world.clock.now(),
    issuer: issuerFor(config, connection),
    ...said,
  });
  return envelope(await signEnveloped(write(xml), signerFor(ring.current().keys, connection)));
}
