/** One login with a password in a new browser at an address of its own: request, login page, password, code, token. */
import { formOf } from '../support/form-of.ts';
import { openClient, type Send } from './exchange.ts';
import { openRelyingParty, type RelyingParty } from './relying-party.ts';
import type { Ready } from './servers/messages.ts';
import type { Flow } from './single-sign-on.ts';

export interface Credentials {
  readonly password: string;
  /** Of the index-th login. */
  loginName(index: number): string;
}

export async function passwordLogin(server: Ready, credentials: Credentials): Promise<Flow> {
  const send = openClient();
  const party = await openRelyingParty(server, send);
  return async (index) => void (await logIn(server, send, party, credentials, index));
}

/** Signs people in, and answers the cookies of their browsers. */
export async function signIn(server: Ready, credentials: Credentials, people: number): Promise<readonly string[]> {
  const send = openClient();
  const party = await openRelyingParty(server, send);
  const cookies: string[] = [];
  for (let index = 0; index < people; index += 1) cookies.push(await logIn(server, send, party, credentials, index));
  return cookies;
}

async function logIn(
  server: Ready,
  send: Send,
  party: RelyingParty,
  credentials: Credentials,
  index: number,
): Promise<string> {
  const jar = new Map<string, string>();
  const headers = () => ({ 'x-forwarded-for': addressOf(index), cookie: [...jar.values()].join('; ') });
  const browse = async (at: URL | string, form?: URLSearchParams) => {
    const answer = await send(new URL(at, server.issuer), { headers: headers(), ...(form ? { form } : {}) });
    for (const cookie of answer.cookies) jar.set(cookie.split('=', 1)[0] ?? '', cookie);
    return answer;
  };
  const { url, verifier } = party.begin();
  const begun = await browse(url);
  const shown = await browse(begun.location ?? '');
  const { action, fields } = formOf({ html: shown.body });
  fields.set('username', credentials.loginName(index));
  fields.set('password', credentials.password);
  let answer = await browse(action, fields);
  while (answer.location?.startsWith('/') || answer.location?.startsWith(server.issuer)) {
    answer = await browse(answer.location);
  }
  await party.redeem(party.codeOf(answer), verifier);
  return [...jar.values()].join('; ');
}

/** Another for each login: people sit in many places, and share no count of wrong passwords. RFC 2544 keeps the network. */
const addressOf = (index: number): string => `198.18.${(index >> 8) & 255}.${index & 255}`;
