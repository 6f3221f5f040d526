/** What a service that was entered by SAML is owed without a browser: a LogoutRequest by SOAP, where it takes those. */
import { connections, isSaml } from '../../../core/connections/connection.ts';
import type { LogoutMessage } from '../../../core/sessions/tell-participants.ts';
import type { World } from '../../../core/world.ts';
import { enteredFrom } from '../entry.ts';
import { soapPlace } from './logout-places.ts';

/** To one that is suspended it is owed too, and sent when that is over: it comes back with the sign-ins that it had. */
export const samlLogoutMessage =
  ({ store }: World): LogoutMessage =>
  async (_session, participant) => {
    const { connectionId, handles } = participant;
    const connection = await store.get(connections, connectionId);
    if (!connection || !isSaml(connection) || !soapPlace(connection) || !enteredFrom(participant)) return undefined;
    return { protocol: 'saml', connectionId, handles };
  };
