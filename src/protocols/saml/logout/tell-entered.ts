/** A service is asked through the browser to log the person out. */
import { connections, isSaml, type SamlConnection } from '../../../core/connections/connection.ts';
import type { Participant } from '../../../core/sessions/session.ts';
import type { World } from '../../../core/world.ts';
import type { Answer } from '../answer.ts';
import { type EnteredAs, enteredFrom } from '../entry.ts';
import { signerFor } from '../signing-key.ts';
import { type BrowserPlace, browserPlace, soapPlace } from './logout-places.ts';
import { type LogoutMeans, ownRequest } from './own-request.ts';
import { sendByBrowser } from './send.ts';

interface Reachable {
  readonly connection: SamlConnection;
  readonly place: BrowserPlace;
  readonly entered: EnteredAs;
}

/** Undefined where it has no such place, is told by SOAP, or is suspended: nobody is sent there then. */
async function reachable({ store }: Pick<World, 'store'>, participant: Participant): Promise<Reachable | undefined> {
  const connection = await store.get(connections, participant.connectionId);
  if (!connection || !isSaml(connection) || connection.state !== 'active' || soapPlace(connection)) return undefined;
  const place = browserPlace(connection);
  const entered = enteredFrom(participant);
  return place && entered && { connection, place, entered };
}

export const canBrowserTell = async (world: Pick<World, 'store'>, participant: Participant): Promise<boolean> =>
  (await reachable(world, participant)) !== undefined;

/** Where the browser goes; its origin stands in the page's policy. */
export const toldAt = async (world: Pick<World, 'store'>, participant: Participant): Promise<string | undefined> =>
  (await reachable(world, participant))?.place.url;

export interface ToldService {
  readonly requestId: string;
  readonly answer: Exclude<Answer, { kind: 'refused' }>;
}

export async function tellService(means: LogoutMeans, participant: Participant): Promise<ToldService | undefined> {
  const { world, ring } = means;
  const found = await reachable(world, participant);
  if (!found) return undefined;
  const { connection, entered, place } = found;
  const { binding, url } = place;
  const { id, xml } = ownRequest(world, connection, url, entered);
  const signer = signerFor(ring.current().keys, connection);
  return { requestId: id, answer: await sendByBrowser({ connection, binding, url, kind: 'SAMLRequest' }, xml, signer) };
}
