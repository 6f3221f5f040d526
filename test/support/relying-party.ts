/** A service as openid-client plays it: code with PKCE over a cookie browser, one step at a time. */
import * as client from 'openid-client';
import { CookieBrowser, type Page, redirectOf } from './cookie-browser.ts';
import { formOf } from './form-of.ts';
import { goodPassword, type TestSekisho } from './sekisho.ts';

export { formOf };

export interface Party {
  readonly config: client.Configuration;
  readonly redirectUri: string;
}

export async function openParty(
  { issuer }: TestSekisho,
  id: string,
  authentication: client.ClientAuth = client.None(),
): Promise<Party> {
  const config = await client.discovery(new URL(issuer), id, {}, authentication, {
    execute: [client.allowInsecureRequests],
  });
  return { config, redirectUri: `https://${id}.example/callback` };
}

export interface Begun {
  readonly url: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export async function beginRequest(
  { config, redirectUri }: Party,
  parameters: Record<string, string> = {},
): Promise<Begun> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email affiliation',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...parameters,
  });
  return { url, verifier, state, nonce };
}

/** Follows redirects while they stay with Sekisho; answers the page, or the address outside that was reached. */
export async function follow(
  browser: CookieBrowser,
  issuer: string,
  start: URL | string,
  init: RequestInit = {},
): Promise<{ readonly page?: Page; readonly left?: URL }> {
  let at = new URL(start, issuer);
  let response = await browser.send(at, init);
  for (let hops = 0; hops < 12; hops += 1) {
    const location = redirectOf(response);
    if (!location) {
      const html = await response.text();
      return { page: { url: at, status: response.status, headers: response.headers, html } };
    }
    at = new URL(location, at);
    if (at.origin !== new URL(issuer).origin) return { left: at };
    response = await browser.send(at);
  }
  throw new Error(`redirects without end at ${at.href}`);
}

/** Sends the first form of a page with what a person adds to it. */
export function submit(
  browser: CookieBrowser,
  issuer: string,
  page: Page,
  typed: Readonly<Record<string, string>>,
): ReturnType<typeof follow> {
  const { action, fields } = formOf(page);
  for (const [name, value] of Object.entries(typed)) fields.set(name, value);
  return follow(browser, issuer, action, { method: 'POST', body: fields });
}

/** From the service to the login page, the password, and back: the address with the code. */
export async function logIn(
  sekisho: TestSekisho,
  party: Party,
  browser: CookieBrowser = new CookieBrowser(),
  { loginName = 'a0123456', password = goodPassword, parameters = {} as Record<string, string> } = {},
): Promise<{ readonly begun: Begun; readonly callback: URL; readonly browser: CookieBrowser }> {
  const begun = await beginRequest(party, parameters);
  const first = await follow(browser, sekisho.issuer, begun.url);
  const ended = first.page
    ? await submit(browser, sekisho.issuer, first.page, { username: loginName, password })
    : first;
  if (!ended.left) throw new Error(`the login stopped at ${ended.page?.status} ${ended.page?.url.pathname}`);
  return { begun, callback: ended.left, browser };
}

export const exchange = ({ config }: Party, callback: URL, { verifier, state, nonce }: Begun) =>
  client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
