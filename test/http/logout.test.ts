/** Logging out: asked first, then the session ends everywhere (OIDC RP-Initiated Logout 1.0). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { oidcRecords } from '../../src/protocols/oidc/record.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { beginRequest, follow, formOf, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask, enter, openService } from './enter.ts';
import { linkOn, statesOn } from './logout-scene.ts';
import { userinfo } from './program.ts';
import { recordsIn } from './records-in.ts';

let sekisho: TestSekisho;
let library: Party;
let other: Party;
let browser: CookieBrowser;
let idToken: string;
let accessToken: string;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  library = await openService(sekisho);
  other = await openService(sekisho, { id: 'other' });
  browser = new CookieBrowser();
  const { tokens } = await enter(sekisho, library, {}, browser);
  idToken = tokens.id_token ?? '';
  accessToken = tokens.access_token;
});
afterEach(() => sekisho.close());

const none = { prompt: 'none' };
const logoutUrl = (parameters: Record<string, string> = {}) =>
  client.buildEndSessionUrl(library.config, {
    id_token_hint: idToken,
    post_logout_redirect_uri: 'https://library.example/logged-out',
    state: 'back again',
    ...parameters,
  });

async function askedBy(url: URL): Promise<Page> {
  const { page } = await follow(browser, sekisho.issuer, url);
  if (!page) throw new Error('nobody was asked');
  return page;
}

describe('a log-out that a service asks for', () => {
  it('asks the person first, naming service and session, and ends nothing meanwhile', async () => {
    const page = await askedBy(logoutUrl());
    expect(page.status).toBe(200);
    expect(page.html).toContain('ログアウトしますか');
    expect(page.html).toContain('library');
    expect(await answerOf(sekisho, other, browser, none)).toBe('code');
  });

  it('ends the session for every service, with the tokens that hung on it, and leads back', async () => {
    await enter(sekisho, other, {}, browser);
    const page = await askedBy(logoutUrl());
    const round = await submit(browser, sekisho.issuer, page, { logout: 'yes' });
    expect(statesOn(round.page)).toEqual({ library: 'asker', other: 'untold' });
    const { left } = await follow(browser, sekisho.issuer, linkOn(round.page, 'continue'));
    expect(left?.href).toBe('https://library.example/logged-out?state=back+again');
    expect(await answerOf(sekisho, other, browser, none)).toBe('login_required');
    expect(await answerOf(sekisho, library, browser, none)).toBe('login_required');
    expect((await userinfo(sekisho, accessToken)).status).toBe(401);
    expect((await browser.visit(`${sekisho.issuer}/`)).html).not.toContain('京都 花子');
  });

  it('leads straight back where no other service was entered', async () => {
    const page = await askedBy(logoutUrl());
    const { left } = await submit(browser, sekisho.issuer, page, { logout: 'yes' });
    expect(left?.href).toBe('https://library.example/logged-out?state=back+again');
  });

  it('lets the person stay, and leads back', async () => {
    const page = await askedBy(logoutUrl());
    const { left } = await submit(browser, sekisho.issuer, page, {});
    expect(left?.host).toBe('library.example');
    expect(await answerOf(sekisho, other, browser, none)).toBe('code');
  });

  it('ends on a page of ours where no address was given', async () => {
    const page = await askedBy(new URL(`/oidc/logout?id_token_hint=${idToken}`, sekisho.issuer));
    const done = await submit(browser, sekisho.issuer, page, { logout: 'yes' });
    expect(done.page?.html).toContain('ログアウトしました');
  });

  it('lets its form lead on to the registered address only', async () => {
    const page = await askedBy(logoutUrl());
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://library.example;");
  });

  it.each([
    ['an address that is not registered', { post_logout_redirect_uri: 'https://evil.example/' }],
    ['another service’s name', { client_id: 'other' }],
    ['an ID token that is none', { id_token_hint: 'x.y.z' }],
  ])('is refused with %s', async (_what, parameters) => {
    const page = await askedBy(logoutUrl(parameters as Record<string, string>));
    expect(page.status).toBe(400);
    expect(await answerOf(sekisho, other, browser, none)).toBe('code');
  });

  it('is refused with an ID token that somebody else signed', async () => {
    const [head, body] = idToken.split('.');
    const page = await askedBy(logoutUrl({ id_token_hint: `${head}.${body}.${'A'.repeat(342)}` }));
    expect(page.status).toBe(400);
  });

  it('takes no confirmation that another site sends', async () => {
    await askedBy(logoutUrl());
    const body = new URLSearchParams({ xsrf: 'x'.repeat(48), logout: 'yes' });
    const answer = await browser.send(`${sekisho.issuer}/oidc/logout/confirm`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answerOf(sekisho, other, browser, none)).toBe('code');
  });

  it('leaves the sessions of other browsers alone', async () => {
    const elsewhere = new CookieBrowser();
    await enter(sekisho, library, {}, elsewhere);
    const page = await askedBy(logoutUrl());
    await submit(browser, sekisho.issuer, page, { logout: 'yes' });
    expect(await answerOf(sekisho, library, elsewhere, none)).toBe('code');
  });
});

describe('a log-out of nobody', () => {
  it('leads straight back, with its state', async () => {
    const { left } = await follow(new CookieBrowser(), sekisho.issuer, logoutUrl());
    expect(left?.href).toBe('https://library.example/logged-out?state=back+again');
  });

  it('keeps no session of nobody', async () => {
    const nobody = new CookieBrowser();
    const kept = () => recordsIn(sekisho, oidcRecords);
    const before = kept();
    expect(before).toBeGreaterThan(0);
    await follow(nobody, sekisho.issuer, logoutUrl());
    await follow(nobody, sekisho.issuer, '/oidc/logout');
    expect(kept()).toBe(before);
    expect([...nobody.cookies(sekisho.issuer)].map(([name]) => name)).not.toContain('sekisho-oidc');
  });

  it('ends on a page of ours where no address was given', async () => {
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, '/oidc/logout');
    expect(page?.status).toBe(200);
    expect(page?.html).toContain('ログアウトしました');
  });

  it('leads nowhere else than to a registered address', async () => {
    const url = logoutUrl({ post_logout_redirect_uri: 'https://evil.example/' });
    const { page, left } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
  });

  it('leads nowhere where nobody says whose address it is', async () => {
    const url = new URL('/oidc/logout?post_logout_redirect_uri=https://evil.example/', sekisho.issuer);
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(page?.html).toContain('ログアウトしました');
  });
});

describe('a log-out at the portal', () => {
  it('asks first, naming the services that were entered', async () => {
    const page = await browser.visit(`${sekisho.issuer}/logout`);
    expect(page.html).toContain('library');
    expect(await answerOf(sekisho, other, browser, none)).toBe('code');
  });

  it('ends the session for every service, with the tokens that hung on it', async () => {
    const asked = await browser.visit(`${sekisho.issuer}/logout`);
    const { page } = await submit(browser, sekisho.issuer, asked, { logout: 'yes' });
    expect(page?.html).toContain('ログアウトしました');
    expect(await answerOf(sekisho, other, browser, none)).toBe('login_required');
    expect((await userinfo(sekisho, accessToken)).status).toBe(401);
  });

  it('says that it is done to somebody who is not signed in', async () => {
    expect((await new CookieBrowser().visit(`${sekisho.issuer}/logout`)).url.pathname).toBe('/logout/done');
  });
});

describe('a log-out on a PC that others use', () => {
  it.each([
    ['the portal', () => new URL('/logout', sekisho.issuer)],
    ['a service', () => logoutUrl()],
  ])('also ends what another tab has already given the password for, asked at %s', async (_where, asked) => {
    const { page: login } = await ask(sekisho, other, browser, { prompt: 'login consent' });
    if (!login) throw new Error('no login page');
    const { page: proven } = await submit(browser, sekisho.issuer, login, {
      username: 'a0123456',
      password: goodPassword,
    });
    if (!proven) throw new Error('no release page');
    expect(formOf(proven).fields.get('step')).toBe('release');
    await submit(browser, sekisho.issuer, await askedBy(asked()), { logout: 'yes' });
    const { page, left } = await submit(browser, sekisho.issuer, proven, { choice: 'allow' });
    expect({ status: page?.status, left }).toEqual({ status: 403, left: undefined });
    const again = await browser.visit(new URL(formOf(proven).action, sekisho.issuer));
    expect(again.status).toBe(403);
    expect(await answerOf(sekisho, other, browser, none)).toBe('login_required');
  });
});

describe('a request by post from the service’s own page', () => {
  it('to log out asks the person, as by GET', async () => {
    const body = logoutUrl().searchParams;
    const { page } = await follow(browser, sekisho.issuer, '/oidc/logout', { method: 'POST', body });
    expect(page?.html).toContain('ログアウトしますか');
  });

  it('to log in goes on by GET, where the cookies come along', async () => {
    const { url } = await beginRequest(library);
    const posted = await fetch(`${sekisho.issuer}/oidc/auth`, {
      method: 'POST',
      body: url.searchParams,
      redirect: 'manual',
      headers: { origin: 'https://library.example' },
    });
    expect(posted.status).toBe(303);
    const on = posted.headers.get('location') ?? '';
    expect(on).toMatch(/^\/oidc\/auth\?posted=[\w.-]+$/);
    const { left } = await follow(browser, sekisho.issuer, on);
    expect(left?.searchParams.has('code')).toBe(true);
  });
});
