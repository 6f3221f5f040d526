/** The session cookie is made at the login, for whoever logged in: one set before opens nothing (OWASP ASVS 3.2.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, follow, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
let party: Party;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  party = await openParty(sekisho, 'library');
});
afterEach(() => sekisho.close());

const cookie = (browser: CookieBrowser, name = 'sekisho-session') => browser.cookies(sekisho.issuer).get(name) ?? '';

async function opensWith(name: string, value: string): Promise<boolean> {
  const thief = new CookieBrowser();
  thief.setCookie(sekisho.issuer, name, value);
  const portal = await thief.visit(`${sekisho.issuer}/`);
  const { url } = await beginRequest(party, { prompt: 'none' });
  const { left } = await follow(thief, sekisho.issuer, url);
  return portal.html.includes('京都 花子') || left?.searchParams.has('code') === true;
}

describe('the session cookie', () => {
  it('opens the session for which it was made', async () => {
    const { browser } = await logIn(sekisho, party);
    expect(await opensWith('sekisho-session', cookie(browser))).toBe(true);
  });

  it('is another one after the login than the one that somebody had set before', async () => {
    const browser = new CookieBrowser();
    browser.setCookie(sekisho.issuer, 'sekisho-session', 'f'.repeat(43));
    await logIn(sekisho, party, browser);
    expect(cookie(browser)).not.toBe('f'.repeat(43));
    expect(await opensWith('sekisho-session', 'f'.repeat(43))).toBe(false);
  });

  it('changes when the password is given again, and the old one opens nothing', async () => {
    const { browser } = await logIn(sekisho, party);
    const before = cookie(browser);
    const { url } = await beginRequest(party, { prompt: 'login' });
    const { page } = await follow(browser, sekisho.issuer, url);
    if (!page) throw new Error('no login page');
    await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
    expect(cookie(browser)).not.toBe(before);
    expect(await opensWith('sekisho-session', before)).toBe(false);
    expect(await opensWith('sekisho-session', cookie(browser))).toBe(true);
  });

  it('opens nothing after the log-out', async () => {
    const { browser } = await logIn(sekisho, party);
    const before = cookie(browser);
    const asked = await browser.visit(`${sekisho.issuer}/logout`);
    await submit(browser, sekisho.issuer, asked, { logout: 'yes' });
    expect(cookie(browser)).toBe('');
    expect(await opensWith('sekisho-session', before)).toBe(false);
  });
});

describe('any other cookie', () => {
  it('opens nothing that was set before the login', async () => {
    const browser = new CookieBrowser();
    const { url } = await beginRequest(party);
    const { page } = await follow(browser, sekisho.issuer, url);
    if (!page) throw new Error('no login page');
    const before = new Map(browser.cookies(sekisho.issuer));
    await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
    for (const [name, value] of before)
      expect({ name, opens: await opensWith(name, value) }).toEqual({ name, opens: false });
  });

  it('opens nothing without the session cookie', async () => {
    const { browser } = await logIn(sekisho, party);
    const thief = new CookieBrowser();
    for (const [name, value] of browser.cookies(sekisho.issuer)) {
      if (name !== 'sekisho-session') thief.setCookie(sekisho.issuer, name, value);
    }
    const { url } = await beginRequest(party, { prompt: 'none' });
    const { left } = await follow(thief, sekisho.issuer, url);
    expect(left?.searchParams.get('error')).toBe('login_required');
  });
});

describe('every cookie', () => {
  it('is kept from scripts and from other sites, and on https bound to this very host', async () => {
    const secure = await startSekisho({ issuer: 'https://localhost' });
    try {
      const lines = await cookieLines(secure);
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) {
        expect(line).toMatch(/; httponly/i);
        expect(line).toMatch(/; samesite=lax/i);
        expect(line).toMatch(/; secure/i);
        expect(line).toMatch(/^__Host-.*; path=\/(;|$)|^__Secure-/);
        expect(line).not.toMatch(/; domain=/i);
      }
    } finally {
      await secure.close();
    }
  });
});

/** What the first request of a login sets, asked for as a proxy in front would. */
async function cookieLines(secure: TestSekisho): Promise<readonly string[]> {
  await secure.addConnection({ id: 'library' });
  const query = new URLSearchParams({
    client_id: 'library',
    redirect_uri: 'https://library.example/callback',
    response_type: 'code',
    scope: 'openid',
    nonce: 'n',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    ui_locales: 'en',
  });
  return (await rawRequest(secure, `/oidc/auth?${query}`)).cookies;
}
