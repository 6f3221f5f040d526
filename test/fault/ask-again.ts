/** Everything that a server had acknowledged is asked for again: every token, every code, each code once only. */
import type { CookieBrowser } from '../support/cookie-browser.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import { type Acknowledged, authorize, redeem } from './load.ts';

export interface Held {
  readonly tokensHeld: number;
  readonly unusedCodesHeld: number;
  readonly usedCodesRefused: number;
  /** Codes whose answer was lost, or was a refusal to write; they were then refused or accepted. */
  readonly unknownCodes: number;
  /** What did not hold; empty where all is well. */
  readonly failures: readonly string[];
}

/** At most so many of each kind are asked for, the newest: a crash can only lose the newest. */
const asked = 60;

export async function askAgain(issuer: string, seen: Acknowledged): Promise<Held> {
  const failures: string[] = [];
  const tokens = seen.accessTokens.slice(-asked);
  failures.push(...(await askForTokens(issuer, tokens)));
  const unused = seen.unused.slice(-asked);
  for (const code of unused) {
    const first = await redeem(issuer, code);
    if (first.status !== 200) failures.push(`a code that was sent is not known (${first.error})`);
  }
  // Last: presenting a code twice revokes its grant, and with it every token under it.
  for (const code of seen.unknown.slice(-asked)) {
    const answers = [await redeem(issuer, code), await redeem(issuer, code)];
    if (answers[1]?.status === 200) failures.push('a code whose answer was lost was accepted twice');
  }
  const used = [...seen.used.slice(-asked), ...unused];
  for (const code of used) {
    const { status } = await redeem(issuer, code);
    if (status !== 400) failures.push(`a used code was answered with ${status}`);
  }
  return {
    failures,
    tokensHeld: tokens.length,
    unusedCodesHeld: unused.length,
    usedCodesRefused: used.length,
    unknownCodes: seen.unknown.length,
  };
}

/** What did not hold. Reads only. */
export async function askForTokens(issuer: string, tokens: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(
    tokens.map((token) => fetch(`${issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })),
  );
  return answers.flatMap(({ status }) =>
    status === 200 ? [] : [`an access token that was sent is not known (${status})`],
  );
}

/** A session in `browser` that the load then stands on. */
export async function logIn(issuer: string, browser: CookieBrowser): Promise<void> {
  const { page } = await follow(browser, issuer, '/login');
  if (!page) throw new Error('no login page');
  await submit(browser, issuer, page, { username: 'a0123456', password: goodPassword });
  if (!(await authorize(issuer, browser)).code) throw new Error('the login failed');
}
