/** What every answer carries, whoever made it, and what no request can make it say. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, follow, logIn, openParty, type Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
let party: Party;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addConnection({ id: 'library' });
  party = await openParty(sekisho, 'library');
});
afterEach(() => sekisho.close());

describe('a page', () => {
  const addresses: readonly (readonly [what: string, path: string])[] = [
    ['the portal', '/'],
    ['help', '/help'],
    ['after the log-out', '/logout/done'],
    ['nothing is there', '/nothing'],
    ['nothing is there, under oidc', '/oidc/nothing'],
    ['an unknown login', '/login/x'],
    ['a used setup link', '/setup/x'],
    ['an unknown service', '/oidc/auth?client_id=x'],
    ['an interaction that is over', '/oidc/auth/x'],
    ['a log-out for an unknown service', '/oidc/logout?client_id=x'],
    ['a service’s log-out is done', '/oidc/logout/success'],
    ['an odd address', '//['],
  ];
  it.each(addresses)('allows no foreign script, frame, form or type (%s)', async (_what, path) => {
    const { headers, status, body } = await rawRequest(sekisho, path, { accept: 'text/html' });
    expect(status).toBeLessThan(500);
    expect(body).toContain('<html');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toMatch(/form-action 'self'(;|$)/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-powered-by')).toBeUndefined();
  });

  it('runs no code of its own: every script is a file', async () => {
    for (const [, path] of addresses) {
      const { body } = await rawRequest(sekisho, path, { accept: 'text/html' });
      expect(body.match(/<script(?![^>]*src="\/assets\/)|\son[a-z]+="|style="|javascript:/g)).toBeNull();
    }
  });

  it('of a login lets its form lead on to its own service and to nobody else', async () => {
    const { url } = await beginRequest(party);
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(page?.headers.get('content-security-policy')).toContain("form-action 'self' https://library.example;");
  });

  it('tells browsers to come by https only, where that is how they come', async () => {
    const secure = await startSekisho({ issuer: 'https://localhost' });
    const { headers } = await rawRequest(secure, '/');
    await secure.close();
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
    expect((await rawRequest(sekisho, '/')).headers.get('strict-transport-security')).toBeUndefined();
  });
});

describe('a request under another name', () => {
  it.each(['evil.example', 'localhost', 'localhost:1', '127.0.0.1', ''])('is refused (%p)', async (host) => {
    for (const path of ['/', '/login', '/.well-known/openid-configuration', '/oidc/jwks', '/assets/x']) {
      const { status, body } = await rawRequest(sekisho, path, { host });
      expect({ path, status }).toEqual({ path, status: 421 });
      expect(body).not.toContain('evil.example');
    }
  });

  it.each(['/', '/?lang=en', '/.well-known/openid-configuration', '/oidc/logout', '/livez'])(
    'is refused where its first line names one beside our Host (%s)',
    async (path) => {
      const { status, headers, body } = await rawRequest(sekisho, `https://evil.example${path}`);
      expect(status).toBe(421);
      expect(headers.get('location')).toBeUndefined();
      expect(body).not.toContain('evil.example');
    },
  );

  it('is told whether the process lives and can serve, for machines that know no name', async () => {
    for (const path of ['/livez', '/readyz']) {
      expect((await rawRequest(sekisho, path, { host: '10.0.0.1' })).status).toBe(200);
    }
  });

  it.each([
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', 'x-forwarded-port': '444' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-url': '/evil', 'x-rewrite-url': '/evil' },
  ])('is answered with our own addresses all the same (%j)', async (headers) => {
    const { body } = await rawRequest(sekisho, '/.well-known/openid-configuration', headers as Record<string, string>);
    const document = JSON.parse(body) as Record<string, unknown>;
    expect(document.issuer).toBe(sekisho.issuer);
    expect(document.token_endpoint).toBe(`${sekisho.issuer}/oidc/token`);
    expect(body).not.toContain('evil');
    const { url } = await beginRequest(party);
    const redirect = await rawRequest(sekisho, url.pathname + url.search, headers as Record<string, string>);
    expect(redirect.headers.get('location')).toMatch(/^\/login\//);
  });
});

describe('a redirect of ours', () => {
  it.each(['//evil.example/', '///evil.example/', '/\\evil.example/', '//evil.example/..'])(
    'stays here: the language link on %s',
    async (path) => {
      const { status, headers } = await rawRequest(sekisho, `${path}?lang=en`);
      expect(status).toBe(303);
      expect(new URL(headers.get('location') ?? '', sekisho.issuer).origin).toBe(sekisho.issuer);
    },
  );

  it('stays here: the language link that a page under an odd address offers', async () => {
    const { body } = await rawRequest(sekisho, '//evil.example/?x=1', { accept: 'text/html' });
    const href = /<a class="top-link" href="([^"]*)" hreflang/.exec(body)?.[1] ?? 'none';
    expect(new URL(href.replaceAll('&amp;', '&'), sekisho.issuer).origin).toBe(sekisho.issuer);
  });

  it('does not follow where a log-out asks for an address that is not registered', async () => {
    const address = encodeURIComponent('https://evil.example/');
    const { status, headers } = await rawRequest(
      sekisho,
      `/oidc/logout?client_id=library&post_logout_redirect_uri=${address}`,
    );
    expect(status).toBe(400);
    expect(headers.get('location')).toBeUndefined();
  });
});

describe('the state of a request', () => {
  it('comes back as it went, and cannot split the answer', async () => {
    await sekisho.addAccount();
    const state = 'a\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>&code=evil#x';
    const { callback, browser } = await logIn(sekisho, party, undefined, { parameters: { state } });
    expect(callback.searchParams.get('state')).toBe(state);
    expect(callback.searchParams.getAll('code')).toHaveLength(1);
    expect(callback.hash).toBe('');
    expect(browser.cookies(sekisho.issuer).has('evil')).toBe(false);
  });
});
