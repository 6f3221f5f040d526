/**
 * Where a browser tells a service that its session has ended (OpenID Connect Front-Channel Logout 1.0, 3): a page of the
 * service's own, in a frame of ours. It answers nothing, so that nobody knows more than that it was sent for.
 */
import { connections, isOidc } from '../../core/connections/connection.ts';
import type { Participant } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';

/** With `iss` and `sid`, always. Undefined where the service has no such page, or is suspended: nobody is sent there then. */
export async function frontChannelOf(
  { store }: Pick<World, 'store'>,
  issuer: string,
  { connectionId, handles: { sid } }: Participant,
): Promise<string | undefined> {
  const connection = await store.get(connections, connectionId);
  if (!connection || !isOidc(connection) || connection.state !== 'active' || sid === undefined) return undefined;
  if (connection.oidc.frontchannelLogoutUri === undefined) return undefined;
  const url = new URL(connection.oidc.frontchannelLogoutUri);
  url.searchParams.set('iss', issuer);
  url.searchParams.set('sid', sid);
  return url.href;
}
