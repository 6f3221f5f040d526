/** The answer to a service that asked for the log-out (Core 3.7.3.2), by way of the browser. */
import { connections, isSaml, type SamlConnection } from '../../../core/connections/connection.ts';
import type { Answer } from '../answer.ts';
import { SamlRefusal, type SamlStatus } from '../refusal.ts';
import { messageId } from '../responses/response.ts';
import { signerFor } from '../signing-key.ts';
import { answerPlace, type BrowserPlace } from './logout-places.ts';
import { logoutResponseXml } from './logout-response.ts';
import type { LogoutMeans } from './own-request.ts';
import { sendByBrowser } from './send.ts';

/** What is kept of a request until it is answered. Nothing but JSON. */
export interface AskedLogout {
  readonly connectionId: string;
  readonly requestId: string;
  readonly binding: BrowserPlace['binding'];
  readonly relayState?: string;
  /** As which identity provider the service knows this one. */
  readonly issuer: string;
}

export const success: SamlStatus = { top: 'success' };
/** Others could not be told, or have not said that they were: the session here is over all the same. */
export const partial: SamlStatus = { top: 'success', second: 'partialLogout' };

/** @throws SamlRefusal where the service has no place for an answer. */
export async function answerService(
  { world, ring }: LogoutMeans,
  connection: SamlConnection,
  { requestId, binding, relayState, issuer }: AskedLogout,
  { status, words }: { readonly status: SamlStatus; readonly words?: string },
): Promise<Exclude<Answer, { kind: 'refused' }>> {
  const place = answerPlace(connection, binding);
  if (!place) throw new SamlRefusal('binding_unsupported', 'the connection names no place for the answer to a logout');
  const destination = place.responseUrl ?? place.url;
  const xml = logoutResponseXml({
    id: messageId(world.ids),
    inResponseTo: requestId,
    destination,
    issuedAt: world.clock.now(),
    issuer,
    status,
    ...(words === undefined ? {} : { words }),
  });
  const signer = signerFor(ring.current().keys, connection);
  return sendByBrowser(
    { connection, binding: place.binding, url: destination, kind: 'SAMLResponse', relayState },
    xml,
    signer,
  );
}

/** From the page of a round back to the service that asked. Undefined where the service is no more. */
export async function goBack(means: LogoutMeans, carried: string, isWhole: boolean): Promise<Answer | undefined> {
  const asked = JSON.parse(carried) as AskedLogout;
  const connection = await means.world.store.get(connections, asked.connectionId);
  if (!connection || !isSaml(connection) || !answerPlace(connection, asked.binding)) return undefined;
  return answerService(means, connection, asked, { status: isWhole ? success : partial });
}
