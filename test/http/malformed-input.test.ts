/** Nonsense at every door: refused or ignored, never a failure of ours. These tests only read, so one Sekisho serves all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueSetupLink } from '../../src/core/access/setup-link.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, follow, formOf, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { basic, post, secret } from './program.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
/** Addresses that take a POST, with a form that would be good. */
const doors = new Map<string, { path: string; fields: URLSearchParams; headers: Record<string, string> }>();

beforeAll(async () => {
  sekisho = await startSekisho();
  await sekisho.addConnection({ id: 'library', secret });
  browser = new CookieBrowser();
  const party = await openParty(sekisho, 'library');
  const { url } = await beginRequest(party);
  const { page } = await follow(browser, sekisho.issuer, url);
  if (!page) throw new Error('no login page');
  const form = formOf(page);
  const csrf = form.fields.get('csrf') ?? '';
  const setup = `/setup/${await issueSetupLink(sekisho.ground.world)}`;
  const door = (name: string, path: string, fields: URLSearchParams, headers = {}) =>
    doors.set(name, { path, fields, headers });
  door('login', form.action, form.fields);
  door('logout', '/logout', new URLSearchParams({ csrf }));
  door('setup', setup, new URLSearchParams({ csrf }));
  door('token', '/oidc/token', new URLSearchParams({ grant_type: 'authorization_code', code: 'c' }), basic('library'));
  door('introspection', '/oidc/introspect', new URLSearchParams({ token: 't' }), basic('library'));
  door('revocation', '/oidc/revoke', new URLSearchParams({ token: 't' }), basic('library'));
  door('pushed request', '/oidc/request', url.searchParams, basic('library'));
  door('userinfo', '/oidc/userinfo', new URLSearchParams({ access_token: 't' }));
  door('authorization', '/oidc/auth', url.searchParams);
  door('log-out', '/oidc/logout', new URLSearchParams({ client_id: 'library' }));
  door('log-out confirmation', '/oidc/logout/confirm', new URLSearchParams({ xsrf: 'x', logout: 'yes' }));
});
afterAll(() => sekisho.close());

/** What each says to a body that is too long: ours 413; oidc-provider that it could not read it (RFC 6749, 5.2). */
const doorNames = [
  ['login', 413],
  ['logout', 413],
  ['setup', 413],
  ['authorization', 413],
  ['log-out', 413],
  ['token', 400],
  ['introspection', 400],
  ['revocation', 400],
  ['pushed request', 400],
  ['userinfo', 400],
  ['log-out confirmation', 400],
] as const;

const isForm = { 'content-type': 'application/x-www-form-urlencoded' };

async function knock(name: string, body: string, headers: Record<string, string> = isForm) {
  const door = doors.get(name);
  if (!door) throw new Error(name);
  const cookie = [...browser.cookies(sekisho.issuer)].map(([key, value]) => `${key}=${value}`).join('; ');
  return rawRequest(sekisho, door.path, { cookie, ...door.headers, ...headers }, { method: 'POST', body });
}
const goodForm = (name: string) => doors.get(name)?.fields.toString() ?? '';

describe.each(doorNames)('a post to %s', (name, tooLong) => {
  it('is refused when it is far too long', async () => {
    expect((await knock(name, `${goodForm(name)}&more=${'x'.repeat(300_000)}`)).status).toBe(tooLong);
  });

  it('is refused when it is far too long and does not say so beforehand', async () => {
    const piece = 'x'.repeat(0x10000);
    const chunks = `${Array.from({ length: 5 }, () => `10000\r\n${piece}\r\n`).join('')}0\r\n\r\n`;
    const door = doors.get(name);
    const headers = { ...isForm, ...door?.headers, 'transfer-encoding': 'chunked' };
    const answer = await rawRequest(sekisho, door?.path ?? '', headers, {
      method: 'POST',
      body: chunks,
      isChunked: true,
    });
    expect(answer.status).toBe(tooLong);
  });

  const bodies: readonly (readonly [what: string, change: (good: string) => string])[] = [
    ['broken escapes', (good) => `${good}&%E0%A4%A=%&%ZZ=1`],
    ['bytes that are no UTF-8', (good) => `${good}&x=%ff%fe&y=\xff\xfe`],
    ['NUL bytes in every value', (good) => good.replaceAll('&', '%00&')],
    ['every field twice', (good) => `${good}&${good}`],
    ['every field as a list', (good) => good.replace(/(^|&)([^=]+)=/g, '$1$2[]=')],
    ['every field as an object', (good) => good.replace(/(^|&)([^=]+)=/g, '$1$2[__proto__][x]=')],
    ['names of every object', (good) => `${good}&__proto__=1&constructor=1&toString=1&hasOwnProperty=1`],
    [
      'SQL and templates in every value',
      (good) => good.replace(/=[^&]*/g, "='%3B%20DROP%20TABLE%20accounts--<%25=1%25>"),
    ],
    ['nothing', () => ''],
    ['a thousand fields', () => Array.from({ length: 1000 }, (_, i) => `f${i}=`).join('&')],
    ['very long values', (good) => good.replace(/=[^&]*/g, `=${'9'.repeat(700)}`)],
  ];
  it.each(bodies)('is no failure of ours with %s', async (_what, change) => {
    const { status } = await knock(name, change(goodForm(name)));
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  });

  it.each([
    'application/json',
    'multipart/form-data',
    'text/plain',
    '',
    'application/x-www-form-urlencoded; charset=x-none',
  ])('is no failure of ours as %p', async (type) => {
    const { status } = await knock(name, '{"a":1}', type === '' ? {} : { 'content-type': type });
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
  });
});

describe('an address', () => {
  it.each([
    '/%',
    '/%E0%A4%A',
    '/login/%E0%A4%A',
    '/setup/%FF',
    '/oidc/auth/%E0%A4%A',
    '/oidc/%2e%2e/token',
    '/%00',
    '//',
    '//[',
    '//evil.example:99999/',
    '/\\evil.example',
    '/?lang=ja&lang=en',
    '/?lang[]=en',
    '/?q[]=a&q=b',
    '/?q=%00%FF',
    `/?q=${'x'.repeat(8000)}`,
    '/oidc/auth?client_id=library&client_id=library',
    '/oidc/auth?client_id[]=library',
    '/oidc/auth?posted=x&posted=y',
    `/oidc/auth?posted=${'x'.repeat(8000)}`,
    '/oidc/auth?client_id=%00',
    '/oidc/auth?client_id=library&redirect_uri=%00',
    "/oidc/auth?client_id=library'%20OR%201=1--",
    '/oidc/auth?client_id=__proto__',
    '/oidc/auth?client_id=constructor',
    '/oidc/auth/undefined',
    '/oidc/auth/x?resume=1',
    '/oidc/logout?id_token_hint=x',
    '/oidc/logout?id_token_hint=eyJhbGciOiJub25lIn0.e30.',
    '/oidc/logout?id_token_hint=eyJhbGciOiJub25lIn0.bnVsbA.',
    '/oidc/logout?client_id=nobody',
    '/oidc/logout?post_logout_redirect_uri=https://evil.example/',
    '/oidc/logout/success?client_id=nobody',
    '/oidc/nothing',
    '/.well-known/openid-configuration?x=%FF',
    '/assets/../../package.json',
    '/assets/%2e%2e%2fpackage.json',
    'http://evil.example/',
    '*',
  ])('is no failure of ours: %s', async (target) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) {
      const { status } = await rawRequest(sekisho, target, {}, { method });
      expect({ method, isOurs: status >= 500 || !(status >= 200) }).toEqual({ method, isOurs: false });
    }
  });
});

describe('a parameter of a request', () => {
  const odd: readonly (readonly [name: string, value: string])[] = [
    ['state', 'x'.repeat(7000)],
    ['state', 'a\0b'],
    ['nonce', 'n'.repeat(7000)],
    ['scope', 'openid '.repeat(500)],
    ['scope', 'openid \0'],
    ['prompt', 'none login'],
    ['prompt', 'dance'],
    ['max_age', '-1'],
    ['max_age', 'NaN'],
    ['max_age', '1e400'],
    ['max_age', '99999999999999999999'],
    ['ui_locales', 'xx-'.repeat(500)],
    ['ui_locales', '*'],
    ['acr_values', ' '],
    ['claims', '{'],
    ['claims', 'null'],
    ['claims', '[]'],
    ['claims', '{"id_token":{"acr":{"values":[1,null,{}],"essential":"yes"}}}'],
    ['claims', '{"id_token":{"sub":{"value":{}}}}'],
    ['claims', '{"userinfo":{"__proto__":{"essential":true}}}'],
    ['claims', `{"userinfo":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`],
    ['id_token_hint', 'x.y.z'],
    ['id_token_hint', 'eyJhbGciOiJub25lIn0.e30.'],
    ['login_hint', 'x'.repeat(7000)],
    ['login_hint', '"><script>alert(1)</script>'],
    ['response_mode', 'web_message'],
    ['code_challenge', 'short'],
    ['display', 'wap'],
  ];
  it.each(odd)('is no failure of ours: %s=%s', async (name, value) => {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { [name]: value });
    const { page, left } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(page?.status ?? 303).toBeLessThan(500);
    expect(left?.searchParams.get('error') ?? '').not.toBe('server_error');
    expect(page?.html ?? '').not.toContain('<script>alert');
  });

  it('is answered in JSON to a program, and never with a stack', async () => {
    const answer = await post(sekisho, '/oidc/token', { grant_type: 'dance' }, basic('library'));
    expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
    expect(answer.text).not.toMatch(/node_modules|at .*\.[jt]s:\d/);
  });
});
