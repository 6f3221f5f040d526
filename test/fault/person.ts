/**
 * Somebody who signs in to a service, from the service's link to its tokens: page, password, consent, code. What does not come through
 * is asked once more, as a person presses reload, and no more than that.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import type { Code } from './load.ts';

export interface Errand {
  readonly loginName: string;
  readonly accountId: string;
  readonly service: string;
  /** From where; several share one. */
  readonly address: string;
  /** Types a wrong password first. */
  readonly isClumsy: boolean;
  /** The service keeps the code for later. */
  readonly keepsCode: boolean;
}

export interface Done {
  readonly errand: Errand;
  readonly browser: PatientBrowser;
  readonly code: Code;
  readonly accessToken?: string;
  /** The answer to the exchange was lost, the code was gone, and the service sent the person round again: nothing was typed. */
  readonly wasSentAgain: boolean;
  /** Milliseconds that each click took until its page, or that the service waited for its tokens. */
  readonly waits: readonly number[];
}

export class PatientBrowser extends CookieBrowser {
  retries = 0;

  override async send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const first = await super.send(url, init).catch(() => undefined);
    if (first && !isGone(first.status)) return first;
    this.retries += 1;
    return super.send(url, init);
  }
}

const isGone = (status: number): boolean => status === 502 || status === 503;

/** @throws Error when the person is left standing: after the second try of the same thing. */
export async function signOn(issuer: string, errand: Errand): Promise<Done> {
  const browser = new PatientBrowser();
  browser.headers['x-forwarded-for'] = errand.address;
  const waits: number[] = [];
  const timed = async <T>(asked: Promise<T>): Promise<T> => {
    const from = performance.now();
    const answer = await asked;
    waits.push(performance.now() - from);
    return answer;
  };
  const code = await codeFor(issuer, browser, errand, timed);
  if (errand.keepsCode) return { errand, browser, code, wasSentAgain: false, waits };
  const tokens = await timed(exchange(issuer, browser, errand.service, code));
  if (tokens.accessToken) return { errand, browser, code, accessToken: tokens.accessToken, wasSentAgain: false, waits };
  if (!tokens.isAfterLoss) throw new Error(`the exchange was answered with ${tokens.told}`);
  const again = await codeFor(issuer, browser, { ...errand, isClumsy: false }, timed, 'nothing to type');
  const { accessToken, told } = await timed(exchange(issuer, browser, errand.service, again));
  if (!accessToken) throw new Error(`the second exchange was answered with ${told}`);
  return { errand, browser, code: again, accessToken, wasSentAgain: true, waits };
}

type Timed = <T>(asked: Promise<T>) => Promise<T>;

async function codeFor(
  issuer: string,
  browser: PatientBrowser,
  errand: Errand,
  timed: Timed,
  wish?: 'nothing to type',
): Promise<Code> {
  const verifier = randomBytes(32).toString('base64url');
  let isClumsy = errand.isClumsy;
  let at = await timed(follow(browser, issuer, requestFor(issuer, errand.service, verifier)));
  for (let pages = 0; at.page; pages += 1) {
    const { page } = at;
    if (page.status >= 400 && !page.html.includes('name="password"')) throw new Error(`stopped: ${toldBy(page)}`);
    if (wish || pages > 4) throw new Error(`had to begin again at ${page.url.pathname}`);
    const isPassword = page.html.includes('name="password"');
    const password = isClumsy ? 'Not7theOneAtAll' : goodPassword;
    if (isPassword) isClumsy = false;
    const typed = isPassword ? { username: errand.loginName, password } : { choice: 'allow' };
    at = await timed(submit(browser, issuer, page, typed));
  }
  const code = at.left?.searchParams.get('code');
  if (!code) throw new Error(`the service got no code: ${at.left?.search}`);
  return { code, verifier };
}

const toldBy = ({ status, url, html }: Page): string =>
  `${status} at ${url.pathname}: ${/<h1[^>]*>([^<]*)/.exec(html)?.[1]?.trim()}`;

function requestFor(issuer: string, service: string, verifier: string): string {
  const query = new URLSearchParams({
    client_id: service,
    redirect_uri: `https://${service}.example/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    nonce: 'n',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${issuer}/oidc/auth?${query}`;
}

export interface Exchanged {
  readonly accessToken?: string;
  readonly told: string;
  /** The first answer was lost, and this is the second. */
  readonly isAfterLoss: boolean;
}

export async function exchange(
  issuer: string,
  browser: PatientBrowser,
  service: string,
  { code, verifier }: Code,
): Promise<Exchanged> {
  const before = browser.retries;
  const answer = await browser.send(`${issuer}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: service,
      redirect_uri: `https://${service}.example/callback`,
      code,
      code_verifier: verifier,
    }),
  });
  const body = (await answer.json().catch(() => ({}))) as { access_token?: string; error?: string };
  return {
    ...(body.access_token === undefined ? {} : { accessToken: body.access_token }),
    told: `${answer.status} ${body.error ?? ''}`,
    isAfterLoss: browser.retries > before,
  };
}
