/** Ways of a person into a service, with the tokens that the service gets: the short one, and the one with a release. */
import * as client from 'openid-client';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import {
  type Begun,
  beginRequest,
  exchange,
  follow,
  logIn,
  openParty,
  type Party,
  submit,
} from '../support/relying-party.ts';
import { type ConnectionWishes, goodPassword, type TestSekisho } from '../support/sekisho.ts';
import { secret } from './program.ts';

/** A confidential service named `library` unless said. */
export async function openService(sekisho: TestSekisho, wishes: Partial<ConnectionWishes> = {}): Promise<Party> {
  const id = wishes.id ?? 'library';
  await sekisho.addConnection({ id, secret, ...wishes });
  return openParty(sekisho, id, client.ClientSecretBasic(secret));
}

export async function enter(
  sekisho: TestSekisho,
  party: Party,
  parameters: Record<string, string> = {},
  known?: CookieBrowser,
  loginName = 'a0123456',
) {
  const { begun, callback, browser } = await logIn(sekisho, party, known, { parameters, loginName });
  return { tokens: await exchange(party, callback, begun), callback, browser };
}

/** With a refresh token: offline_access asks the person (OIDC Core 11). */
export async function enterForLong(sekisho: TestSekisho, party: Party, known?: CookieBrowser) {
  const browser = known ?? new CookieBrowser();
  const scope = 'openid profile email offline_access';
  const { begun, page } = await ask(sekisho, party, browser, { scope, prompt: 'consent' });
  const release = page?.html.includes('name="password"')
    ? (await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword })).page
    : page;
  if (!release) throw new Error('no release page');
  const { left } = await submit(browser, sekisho.issuer, release, { choice: 'allow' });
  if (!left) throw new Error('no answer');
  return { tokens: await exchange(party, left, begun), browser };
}

export interface Asked {
  readonly begun: Begun;
  /** Either a page of ours, or the address at the service with the answer. */
  readonly page?: Page;
  readonly left?: URL;
}

/** Sends the browser to Sekisho and sees where it stops. */
export async function ask(
  { issuer }: TestSekisho,
  party: Party,
  browser: CookieBrowser,
  parameters: Record<string, string> = {},
): Promise<Asked> {
  const begun = await beginRequest(party, parameters);
  return { begun, ...(await follow(browser, issuer, begun.url)) };
}

/** What the service is told at once, without any page. */
export async function answerOf(
  sekisho: TestSekisho,
  party: Party,
  browser: CookieBrowser,
  parameters: Record<string, string> = {},
): Promise<string> {
  const { left, page } = await ask(sekisho, party, browser, parameters);
  if (!left) return `page ${page?.status}`;
  return left.searchParams.get('error') ?? (left.searchParams.has('code') ? 'code' : 'nothing');
}
