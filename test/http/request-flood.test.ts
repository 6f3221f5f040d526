/**
 * Whoever sends requests in masses finds a bound of what is kept for them, and takes nothing from whoever signs in from the
 * same address: everybody in these tests comes from one, as people behind the address of a campus do.
 */
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { postedRequests } from '../../src/login/posted-request.ts';
import { sampleForm, sampleRequest } from '../protocols/saml/sample-request.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { beginRequest, exchange, follow, logIn, openParty, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { recordsIn } from './records-in.ts';
import { addSamlConnection, responseIn, statusIn } from './saml-party.ts';

const mebibyte = 1024 * 1024;

let clock: FakeClock;
let sekisho: TestSekisho;
beforeEach(async () => {
  clock = new FakeClock();
  clock.advance(minutes(5) - (clock.now() % minutes(5)));
  sekisho = await startSekisho({ clock, environment: { SEKISHO__LOGIN__LONGREQUESTS__ADDRESSMIB: '1' } });
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  await addSamlConnection(sekisho);
});
afterEach(() => sekisho.close());

const junk = (length: number): string => randomBytes(length / 2).toString('hex');
const post = (path: string, body: URLSearchParams, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sekisho.issuer}${path}`, { method: 'POST', body, headers, redirect: 'manual' });

/** What another federation's software might add; nobody reads it. */
const extensions = (length: number): string =>
  `<samlp:Extensions><x:more xmlns:x="https://x.example/">${junk(length)}</x:more></samlp:Extensions>`;
const samlForm = (length: number, issuer?: string): URLSearchParams =>
  sampleForm(
    sampleRequest({ at: clock.now(), extensions: extensions(length), ...(issuer === undefined ? {} : { issuer }) }),
  );
const oidcForm = (length: number, clientId = 'library'): URLSearchParams =>
  new URLSearchParams({ client_id: clientId, state: junk(length) });
const idToken = (length: number): string =>
  `e30.${Buffer.from(JSON.stringify({ aud: 'library', more: junk(length) })).toString('base64url')}.x`;

/** Each a little under what a form may hold. */
const floods: readonly (readonly [path: string, form: () => URLSearchParams])[] = [
  ['/saml/sso', () => samlForm(46_000)],
  ['/saml/slo', () => samlForm(46_000)],
  ['/oidc/auth', () => oidcForm(60_000)],
  ['/oidc/logout', () => new URLSearchParams({ id_token_hint: idToken(45_000) })],
];

async function flood(path: string, form: () => URLSearchParams, times = 60): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let sent = 0; sent < times; sent += 1) {
    const answer = await post(path, form());
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  return statuses;
}

/** Of the file with what has not been folded into it yet. */
function storeOctets(): number {
  const file = new DatabaseSync(sekisho.ground.config.store.url.replace(/^sqlite:/, ''), { readOnly: true });
  const read = (name: string): number => Number(Object.values(file.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const octets = (read('page_count') - read('freelist_count')) * read('page_size');
  file.close();
  return octets;
}

describe.each(floods)('a flood of the longest requests to %s', (path, form) => {
  it('fills the store no further than one address may', async () => {
    const before = storeOctets();
    const statuses = await flood(path, form);
    const kept = statuses.filter((status) => status === 303).length;
    expect(statuses).toEqual([...Array(kept).fill(303), ...Array(60 - kept).fill(429)]);
    expect(kept).toBeGreaterThan(10);
    expect(recordsIn(sekisho, postedRequests)).toBe(kept);
    expect(storeOctets() - before).toBeLessThan(1.2 * mebibyte);
  });

  it('is one with the others’, and over after five minutes', async () => {
    await flood(...(floods[0] ?? [path, form]), 30);
    expect(await flood(path, form, 1)).toEqual([429]);
    clock.advance(minutes(5));
    expect(await flood(path, form, 1)).toEqual([303]);
  });
});

describe('what nobody known asks', () => {
  it.each<[string, string, () => URLSearchParams]>([
    ['junk as a message', '/saml/sso', () => new URLSearchParams({ SAMLRequest: junk(40_000) })],
    ['junk as XML', '/saml/slo', () => sampleForm(junk(40_000))],
    ['a message of a service that is not connected', '/saml/sso', () => samlForm(40_000, 'https://unknown.example/')],
    ['a request of a client that is not connected', '/oidc/auth', () => oidcForm(40_000, 'unknown')],
    ['a request without a client', '/oidc/auth', () => new URLSearchParams({ state: junk(40_000) })],
    ['a log-out without a client', '/oidc/logout', () => new URLSearchParams({ state: junk(40_000) })],
    ['a log-out with junk for a token', '/oidc/logout', () => new URLSearchParams({ id_token_hint: junk(40_000) })],
  ])('is refused before it is kept: %s', async (_what, path, form) => {
    expect(await flood(path, form, 5)).toEqual([400, 400, 400, 400, 400]);
    expect(recordsIn(sekisho, postedRequests)).toBe(0);
    // Nor does it use up what those who are known may have kept.
    expect((await flood('/saml/sso', () => samlForm(46_000), 15)).every((status) => status === 303)).toBe(true);
  });
});

describe('a person behind the address of a flood', () => {
  beforeEach(async () => {
    expect((await flood('/oidc/auth', () => oidcForm(60_000), 40)).at(-1)).toBe(429);
  });

  it('signs in by SAML, with a form', async () => {
    const browser = new CookieBrowser();
    const body = sampleForm(sampleRequest({ at: clock.now() }), 'where I was');
    const asked = await follow(browser, sekisho.issuer, '/saml/sso', { method: 'POST', body });
    if (!asked.page) throw new Error('the browser left before the login');
    const typed = { username: 'a0123456', password: goodPassword };
    const response = responseIn((await submit(browser, sekisho.issuer, asked.page, typed)).page);
    expect(statusIn(response)).toEqual(['Success']);
    expect(response.relayState).toBe('where I was');
  });

  it('signs in by OpenID Connect, with a form and by a link', async () => {
    const party = await openParty(sekisho, 'library');
    const { begun, callback, browser } = await logIn(sekisho, party);
    expect((await exchange(party, callback, begun)).id_token).toBeDefined();
    const again = await beginRequest(party);
    const init = { method: 'POST', body: again.url.searchParams };
    const { left } = await follow(browser, sekisho.issuer, '/oidc/auth', init);
    expect(left?.searchParams.has('code')).toBe(true);
  });

  it('is not kept out by short links, while long ones begin no logins any more', async () => {
    const party = await openParty(sekisho, 'library');
    const statuses: (number | undefined)[] = [];
    for (const length of [...Array(10).fill(8_000), 2_000]) {
      const { url } = await beginRequest(party, { state: junk(length) });
      // Answered like the address without it.
      url.pathname += '/';
      statuses.push((await follow(new CookieBrowser(), sekisho.issuer, url)).page?.status);
    }
    expect(statuses.slice(-2)).toEqual([429, 200]);
  });
});

describe('a flood of requests that can be packed into next to nothing', () => {
  it('is counted by what a login would keep of them', async () => {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { state: 'x'.repeat(50_000) });
    const statuses: (number | undefined)[] = [];
    for (let sent = 0; sent < 30; sent += 1) {
      const init = { method: 'POST', body: url.searchParams };
      statuses.push((await follow(new CookieBrowser(), sekisho.issuer, '/oidc/auth', init)).page?.status);
    }
    expect(statuses).toEqual([...Array(20).fill(200), ...Array(10).fill(429)]);
    expect(recordsIn(sekisho, postedRequests)).toBe(0);
  });
});

describe('a flood of pushed requests in the name of a service without a secret', () => {
  async function push(length: number): Promise<{ readonly status: number; readonly requestUri?: string }> {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { state: junk(length) });
    const answer = await post('/oidc/request', url.searchParams);
    const text = await answer.text();
    return { status: answer.status, ...(answer.status === 201 ? { requestUri: JSON.parse(text).request_uri } : {}) };
  }

  it('fills the store no further than one address may, and short ones go on', async () => {
    const before = storeOctets();
    const statuses: number[] = [];
    for (let sent = 0; sent < 60; sent += 1) statuses.push((await push(50_000)).status);
    const kept = statuses.filter((status) => status === 201).length;
    expect(statuses).toEqual([...Array(kept).fill(201), ...Array(60 - kept).fill(429)]);
    expect(kept).toBeGreaterThan(10);
    // It is kept as oidc-provider writes it: as a token, a third longer.
    expect(storeOctets() - before).toBeLessThan(1.6 * mebibyte);
    expect((await push(1_000)).status).toBe(201);
  });

  it('that comes back to one of them again and again is told so at the service', async () => {
    const { requestUri = '' } = await push(12_000);
    const query = new URLSearchParams({ client_id: 'library', request_uri: requestUri });
    const before = storeOctets();
    const begun: boolean[] = [];
    for (let sent = 0; sent < 100; sent += 1) {
      const answer = await fetch(`${sekisho.issuer}/oidc/auth?${query}`, { redirect: 'manual' });
      const to = new URL(answer.headers.get('location') ?? '', sekisho.issuer);
      begun.push(to.pathname.startsWith('/login/'));
      if (!begun.at(-1)) expect(to.searchParams.get('error')).toBe('temporarily_unavailable');
    }
    const logins = begun.filter(Boolean).length;
    expect(begun).toEqual([...Array(logins).fill(true), ...Array(100 - logins).fill(false)]);
    expect(logins).toBeGreaterThan(50);
    expect(logins).toBeLessThan(90);
    const line = sekisho.log.findLast((written) => written.includes('request.too_many'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ connection: 'library', bound: 'address' });
    expect(storeOctets() - before).toBeLessThan(2 * mebibyte);
  });
});

describe('a long request of somebody who is no flood', () => {
  it('leads to the login, by SAML', async () => {
    const init = { method: 'POST', body: samlForm(12_000) };
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, '/saml/sso', init);
    expect(page?.url.pathname).toMatch(/^\/login\//);
    expect(recordsIn(sekisho, postedRequests)).toBe(1);
  });

  it('leads to the login, by OpenID Connect', async () => {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { state: junk(12_000) });
    const init = { method: 'POST', body: url.searchParams };
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, '/oidc/auth', init);
    expect(page?.url.pathname).toMatch(/^\/login\//);
    expect(recordsIn(sekisho, postedRequests)).toBe(1);
  });
});

describe('whoever is refused for it', () => {
  it.each([
    ['ja', 'ただいま混み合っています', '5分ほど待ってから'],
    ['en', 'Too much is arriving at the moment', 'wait five minutes'],
  ])('is told what to do, and programs when, in %s', async (language, title, advice) => {
    await flood('/oidc/auth', () => oidcForm(60_000), 20);
    clock.advance(minutes(1));
    const answer = await post('/saml/sso', samlForm(40_000), { 'accept-language': language, accept: 'text/html' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('240');
    const html = await answer.text();
    expect(html).toContain(title);
    expect(html).toContain(advice);
    const line = sekisho.log.findLast((written) => written.includes('request.too_many'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ reason: 'request.too_many', bound: 'address' });
  });
});
