/** One name through the log of a login, from the authorization request to the exchange of the code; and no value of a person. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import {
  beginRequest,
  exchange,
  follow,
  formOf,
  logIn,
  openParty,
  type Party,
  submit,
} from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';

interface Line {
  readonly msg: string;
  readonly path?: string;
  readonly request?: string;
  readonly login?: string;
  readonly step?: string;
  readonly result?: string;
  readonly outcome?: string;
  readonly status?: number;
}

let sekisho: TestSekisho;
let library: Party;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  library = await openParty(sekisho, 'library');
  sekisho.log.length = 0;
});
afterEach(() => sekisho.close());

const lines = (): Line[] => sekisho.log.map((line) => JSON.parse(line) as Line);
const ofRequests = (): Line[] => lines().filter(({ request }) => request !== undefined);

describe('the log of a login', () => {
  it('names it on every line, from the authorization request to the token', async () => {
    const { begun, callback } = await logIn(sekisho, library);
    await exchange(library, callback, begun);
    const told = ofRequests().filter(({ path }) => !path?.startsWith('/.well-known') && path !== '/oidc/jwks');
    expect(told.map(({ msg, path }) => path ?? msg)).toEqual([
      'login began',
      '/oidc/auth',
      '/login/*',
      'login step answered',
      'login ended',
      '/login/*',
      '/oidc/auth/*',
      '/oidc/token',
    ]);
    const [name = ''] = told.map(({ login }) => login);
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(told.map(({ login }) => login))).toEqual(new Set([name]));
    expect(new Set(told.map(({ request }) => request)).size).toBe(5);
  });

  it('names one that the session answers too, and another than the one before', async () => {
    const first = await logIn(sekisho, library);
    sekisho.log.length = 0;
    const { begun, callback } = await logIn(sekisho, library, first.browser);
    await exchange(library, callback, begun);
    const told = ofRequests().filter(({ path }) => path === '/oidc/auth' || path === '/oidc/token');
    expect(told.map(({ path }) => path)).toEqual(['/oidc/auth', '/oidc/token']);
    expect(told[0]?.login).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(told[1]?.login).toBe(told[0]?.login);
  });

  it('gives what was wrong with an answer, and why a login was denied', async () => {
    await sekisho.addConnection({ id: 'staff', audience: { roles: ['staff'] } });
    await expect(logIn(sekisho, library, undefined, { password: 'guessed' })).rejects.toThrow('422');
    await expect(logIn(sekisho, await openParty(sekisho, 'staff'))).rejects.toThrow('403');
    expect(lines().filter(({ msg }) => msg === 'login step answered')).toMatchObject([
      { step: 'password', result: 'wrong', connectionId: 'library' },
      { step: 'password', result: 'progress', connectionId: 'staff' },
    ]);
    expect(lines().filter(({ msg }) => msg === 'login ended')).toMatchObject([
      { outcome: 'not_for_you', connectionId: 'staff' },
    ]);
  });

  it('is found by the name in the audit trail, which has every event of the login', async () => {
    await logIn(sekisho, library);
    const name = ofRequests().find(({ msg }) => msg === 'login ended')?.login;
    const { records } = await sekisho.ground.world.store.find(auditEvents, { index: 'byTime' });
    const ofLogin = records.filter(({ actor }) => actor.login === name).map(({ type }) => type);
    expect(ofLogin.sort()).toEqual(['login.granted', 'service.entered']);
  });

  it('is found by the number on an error page', async () => {
    const answer = await fetch(`${sekisho.issuer}/login/${'x'.repeat(43)}`, { headers: { accept: 'text/html' } });
    const [, incident = ''] = /([2-9A-Z]{4}-[2-9A-Z]{4})/.exec(await answer.text()) ?? [];
    const found = lines().filter(({ request }) => request === incident);
    expect(found.map(({ msg }) => msg)).toEqual(['request refused', 'request']);
  });

  it('holds nothing that was typed, carried or asked, and nothing that opens a page', async () => {
    const browser = new CookieBrowser();
    browser.headers['user-agent'] = 'PersonalBrowser/1.0';
    const begun = await beginRequest(library, { login_hint: 'hinted-name', state: 'a-state-of-the-service' });
    const { page } = await follow(browser, sekisho.issuer, begun.url);
    if (!page) throw new Error('there is no login page');
    const wrong = await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: 'a-wrong-password' });
    if (!wrong.page) throw new Error('a wrong password was right');
    const { left } = await submit(browser, sekisho.issuer, wrong.page, {
      username: 'a0123456',
      password: goodPassword,
    });
    const code = left?.searchParams.get('code') ?? '';
    const tokens = await exchange(library, left as URL, { ...begun, state: 'a-state-of-the-service' });
    await fetch(`${sekisho.issuer}/oidc/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const carried = [...browser.cookies(sekisho.issuer).values()].filter((value) => value.length > 4);
    const values = [
      ...['a0123456', 'a-wrong-password', goodPassword, 'hinted-name', 'a-state-of-the-service', 'PersonalBrowser'],
      ...['127.0.0.1', 'Kyoto', '京都'],
      ...[code, begun.verifier, begun.nonce, tokens.access_token, tokens.id_token ?? ''],
      ...[page.url.pathname.split('/').at(-1) ?? '', formOf(page).fields.get('csrf') ?? ''],
      ...carried,
    ];
    expect(values.every((value) => value.length > 1)).toBe(true);
    const log = sekisho.log.join('');
    expect(log).toContain('/oidc/token');
    expect(values.filter((value) => log.includes(value))).toEqual([]);
    expect(log).not.toContain('?');
  });
});
