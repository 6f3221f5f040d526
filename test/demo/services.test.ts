/**
 * Into the two demo services and out again, against a provider that we did not write, the way a browser goes. How
 * the pages look is for test/browser.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { receivedClaims } from '../../src/demo/services/oidc/received-claims.ts';
import { describeReceived } from '../../src/demo/services/received.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { type DemoStage, setDemoStage, student } from './demo-stage.ts';

let stage: DemoStage;

beforeEach(async () => {
  stage = await setDemoStage();
});
afterEach(() => stage.close());

const ownForm = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } };

describe('signing in', () => {
  it('offers one button to somebody who is signed out', async () => {
    const page = await stage.browser.visit(stage.kulasis.origin);
    expect(page.status).toBe(200);
    expect(page.html.match(/class="primary"/g)).toHaveLength(1);
    expect(page.html).toContain('data-testid="login">ログイン');
  });

  it('sends code, PKCE S256, state, nonce and the reader’s language to the provider', async () => {
    stage.openProvider();
    const response = await stage.browser.send(`${stage.kulasis.origin}/login`);
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'openid profile affiliation',
      ui_locales: 'ja en',
      redirect_uri: `${stage.kulasis.origin}/callback`,
    });
  });

  it('shows name, student number and affiliation in words', async () => {
    const page = await stage.login();
    expect(page.url.href).toBe(`${stage.kulasis.origin}/`);
    expect(page.html).toContain('data-testid="name">京大 花子');
    expect(page.html).toContain('data-testid="student-number">1029-36-0001');
    expect(page.html).toContain('data-testid="affiliation">学生<');
    expect(page.html).toContain('文学部');
  });

  it('lists every claim received and how the person logged in', async () => {
    const { html } = await stage.login();
    const listed = [...html.matchAll(/data-claim="([^"]+)"/g)].map(([, claim]) => claim);
    const expected = [...Object.keys(student), 'sub', 'acr', 'amr', 'auth_time', 'iss', 'aud', 'exp', 'iat', 'nonce'];
    expect(listed).toEqual(expect.arrayContaining(expected));
    expect(html).toContain('urn:example:sfa');
  });

  it('says so when no level, factors and time of login were received', async () => {
    const [, idToken] = describeReceived(receivedClaims({ sub: 'a' }, { sub: 'a' }), 'en');
    expect(idToken?.rows.filter((row) => row.values.length === 0).map((row) => row.claim)).toEqual([
      'acr',
      'amr',
      'auth_time',
    ]);
  });

  it('prints hostile claims as text', async () => {
    const hostile = '<img src=x onerror="alert(1)">';
    stage.provider.claims = {
      name: hostile,
      student_number: hostile,
      eduperson_affiliation: [hostile],
      organizational_unit: [hostile],
      note: { [hostile]: hostile },
    };
    const { html } = await stage.login();
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;img src=x');
  });

  it('copes with a person about whom nothing but the identifier is known', async () => {
    stage.provider.claims = {};
    const page = await stage.login();
    expect(page.status).toBe(200);
    expect(page.html).toContain('data-testid="name">hanako');
    expect(page.html).not.toContain('data-testid="student-number"');
    expect(page.html).not.toContain('data-testid="affiliation"');
  });

  it('returns to the page whose link was followed', async () => {
    stage.openProvider();
    expect((await stage.browser.visit(`${stage.kulasis.origin}/grades`)).url.href).toBe(
      `${stage.kulasis.origin}/grades`,
    );
    expect((await stage.browser.visit(`${stage.mykuline.origin}/loans`)).url.href).toBe(
      `${stage.mykuline.origin}/loans`,
    );
  });

  it.each(['https://evil.example/', '//evil.example/', '/nowhere'])('does not return to %s', async (to) => {
    stage.openProvider();
    const page = await stage.browser.visit(`${stage.kulasis.origin}/login?to=${encodeURIComponent(to)}`);
    expect(page.url.href).toBe(`${stage.kulasis.origin}/`);
  });

  it('gives the session a new id, so that one planted before is worth nothing', async () => {
    stage.openProvider();
    const toProvider = await stage.browser.send(`${stage.kulasis.origin}/login`);
    const before = stage.browser.cookies(stage.kulasis.origin).get('kulasis_session');
    await stage.browser.visit(toProvider.headers.get('location') ?? '');
    expect(stage.browser.cookies(stage.kulasis.origin).get('kulasis_session')).not.toBe(before);
    const planted = await fetch(stage.kulasis.origin, { headers: { cookie: `kulasis_session=${before}` } });
    expect(await planted.text()).not.toContain('data-testid="logout"');
  });

  it('does not believe an answer with another state', async () => {
    stage.openProvider();
    await stage.browser.send(`${stage.kulasis.origin}/login`);
    const page = await stage.browser.visit(`${stage.kulasis.origin}/callback?code=abc&state=forged`);
    expect(page.status).toBe(400);
    expect(page.html).toContain('data-testid="trouble"');
    expect(await stage.isSignedIn()).toBe(false);
  });

  it('does not believe an answer to a login that another browser began', async () => {
    stage.openProvider();
    const attacker = new CookieBrowser();
    let at = new URL((await attacker.send(`${stage.kulasis.origin}/login`)).headers.get('location') ?? '');
    while (at.pathname !== '/callback') at = new URL((await attacker.send(at)).headers.get('location') ?? '', at);
    expect((await stage.browser.visit(at)).status).toBe(400);
    expect(await stage.isSignedIn()).toBe(false);
  });
});

describe('when a login fails', () => {
  it('says that it was cancelled and offers to log in again, to the same page', async () => {
    stage.provider.refusal = 'access_denied';
    stage.openProvider();
    const page = await stage.browser.visit(`${stage.kulasis.origin}/grades`);
    expect(page.status).toBe(403);
    expect(page.html).toContain('ログインは行われませんでした');
    expect(page.html).toContain('href="/login?to=%2Fgrades"');
    expect(page.html).toContain('<code>access_denied</code>');
  });

  it('says that the provider has trouble when it says so itself', async () => {
    stage.provider.refusal = 'temporarily_unavailable';
    expect((await stage.login()).status).toBe(503);
  });

  it('says kindly that the provider is down, and works once it is up', async () => {
    const page = await stage.browser.visit(`${stage.kulasis.origin}/login`);
    expect(page.status).toBe(503);
    expect(page.html).toContain('現在ログインできません');
    expect((await stage.login()).html).toContain('京大 花子');
  });

  it('refuses a code that the provider does not know', async () => {
    stage.openProvider();
    const toProvider = new URL(
      (await stage.browser.send(`${stage.kulasis.origin}/login`)).headers.get('location') ?? '',
    );
    const state = toProvider.searchParams.get('state') ?? '';
    const answer = new URLSearchParams({ code: 'not-issued', state, iss: stage.provider.issuer });
    expect((await stage.browser.visit(`${stage.kulasis.origin}/callback?${answer}`)).status).toBe(502);
    expect(stage.lines).toEqual([expect.stringMatching(/^kulasis: failed: /)]);
    expect(stage.lines.join()).not.toMatch(new RegExp(`not-issued|${state}`));
    expect(await stage.isSignedIn()).toBe(false);
  });

  it('answers an unknown address with a page', async () => {
    const page = await stage.browser.visit(`${stage.mykuline.origin}/nothing`);
    expect(page.status).toBe(404);
    expect(page.html).toContain('ページが見つかりません');
  });
});

describe('logging out', () => {
  it('ends the session here and asks the provider to end its own', async () => {
    await stage.login();
    const response = await stage.browser.send(`${stage.kulasis.origin}/logout`, ownForm);
    expect(response.status).toBe(303);
    const toProvider = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(toProvider.searchParams)).toEqual({
      id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      post_logout_redirect_uri: `${stage.kulasis.origin}/logged-out`,
      client_id: 'kulasis',
      state: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(await stage.isSignedIn()).toBe(false);
  });

  it('says that the person is logged out when the provider sends them back', async () => {
    await stage.login();
    const question = await stage.browser.visit(`${stage.kulasis.origin}/logout`, ownForm);
    const action = /action="([^"]+)"/.exec(question.html)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.html)?.[1] ?? '';
    const page = await stage.browser.visit(action, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(page.url.pathname).toBe('/logged-out');
    expect(page.html).toContain('KULASIS からログアウトしました');
  });

  it('leaves nothing behind the cookie, for whoever copied it', async () => {
    await stage.login();
    const cookie = `kulasis_session=${stage.browser.cookies(stage.kulasis.origin).get('kulasis_session')}`;
    const copied = async () => (await fetch(stage.kulasis.origin, { headers: { cookie } })).text();
    expect(await copied()).toContain('data-testid="logout"');
    await stage.browser.send(`${stage.kulasis.origin}/logout`, ownForm);
    expect(await copied()).not.toContain('data-testid="logout"');
  });

  it('is not claimed to somebody who follows a link', async () => {
    await stage.login();
    const farewell = `${stage.kulasis.origin}/logged-out?state=guess`;
    expect((await stage.browser.visit(farewell)).html).toContain('data-testid="logout"');
    await stage.browser.send(`${stage.kulasis.origin}/logout`, ownForm);
    expect((await stage.browser.visit(farewell)).html).not.toContain('data-testid="logged-out"');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same site', { 'sec-fetch-site': 'same-site' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['nowhere', {}],
  ])('is refused to a post from %s', async (_, headers) => {
    await stage.login();
    // Node's fetch says `Sec-Fetch-Mode` but never `Sec-Fetch-Site`, so that the rows differ in the header named.
    expect((await stage.browser.send(`${stage.kulasis.origin}/logout`, { method: 'POST', headers })).status).toBe(403);
    expect(await stage.isSignedIn()).toBe(true);
  });

  it('is not done by a link', async () => {
    await stage.login();
    expect((await stage.browser.visit(`${stage.kulasis.origin}/logout`)).status).toBe(404);
    expect(await stage.isSignedIn()).toBe(true);
  });
});
