/** What a service that was entered by OpenID Connect is told of the end: its own `sid` and `sub`, as its ID tokens said. */
import { connections, isOidc } from '../../core/connections/connection.ts';
import type { LiveRing } from '../../core/keys/live-ring.ts';
import type { LogoutMessage } from '../../core/sessions/tell-participants.ts';
import type { World } from '../../core/world.ts';
import { sectorOf, subjectsOf } from './subjects.ts';

/**
 * Only a service that has said where it listens (Back-Channel Logout 1.0, 2.2). To one that is suspended it is owed too,
 * and sent when that is over (logout-sender.ts): it comes back with the sign-ins that it had.
 */
export const logoutMessage =
  ({ store }: World, ring: LiveRing): LogoutMessage =>
  async ({ accountId }, { connectionId, handles: { sid } }) => {
    const connection = await store.get(connections, connectionId);
    if (!connection || !isOidc(connection) || !connection.oidc.backchannelLogoutUri || sid === undefined)
      return undefined;
    const sub =
      connection.oidc.subject === 'public'
        ? accountId
        : subjectsOf(ring.current().keys).pairwise(accountId, sectorOf(connection));
    return { protocol: 'oidc', connectionId, sid, sub };
  };
