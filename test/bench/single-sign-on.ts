/** One OpenID Connect single sign-on: authorization request with a session, code, token. */
import { openClient } from './exchange.ts';
import { openRelyingParty } from './relying-party.ts';
import type { Ready } from './servers/messages.ts';

export type Flow = (index: number) => Promise<void>;

/** `cookies`: of people who are signed in, one after the other. */
export async function singleSignOn(server: Ready, cookies: readonly string[]): Promise<Flow> {
  const send = openClient();
  const party = await openRelyingParty(server, send);
  return async (index) => {
    const { url, verifier } = party.begin();
    const cookie = cookies[index % cookies.length] ?? '';
    await party.redeem(party.codeOf(await send(url, { headers: { cookie } })), verifier);
  };
}
