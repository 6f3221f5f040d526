/**
 * Every ID token carries `sid` (Back-Channel Logout 1.0, 2.1), so that a service knows later which of its sessions has
 * ended, also one that begins to listen for that in the middle of a session. oidc-provider puts it in only where its own
 * loop would tell the client. That loop stays off: it tries once, and from one place (docs/decisions/0001).
 */
import type Provider from 'oidc-provider';

interface ClientPrototype {
  includeSid(): boolean;
}

export function tellSid(provider: Provider): void {
  (provider.Client.prototype as unknown as ClientPrototype).includeSid = () => true;
}

/** What discovery says of it; oidc-provider adds it as it is. */
export const logoutMetadata = {
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  // Front-Channel Logout 1.0, 3.
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
};
