/** An answer goes where the connection says, to the letter. These tests only read, so one Sekisho serves them all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, openParty, type Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

let sekisho: TestSekisho;
let web: Party;
let native: Party;

beforeAll(async () => {
  sekisho = await startSekisho();
  await sekisho.addConnection({ id: 'library' });
  await sekisho.addConnection({
    id: 'app',
    oidc: { application: 'native', redirectUris: ['http://127.0.0.1/callback', 'jp.example.app:/callback'] },
  });
  web = await openParty(sekisho, 'library');
  native = await openParty(sekisho, 'app');
});
afterAll(() => sekisho.close());

async function ask(party: Party, change: (parameters: URLSearchParams) => void) {
  const { url } = await beginRequest(party);
  change(url.searchParams);
  return new CookieBrowser().send(url);
}

const refused: readonly (readonly [what: string, uri: string])[] = [
  ['another host', 'https://evil.example/callback'],
  ['another path', 'https://library.example/other'],
  ['a slash at the end', 'https://library.example/callback/'],
  ['a query', 'https://library.example/callback?next=https://evil.example'],
  ['a fragment', 'https://library.example/callback#x'],
  ['a user', 'https://library.example@evil.example/callback'],
  ['a user of the right host', 'https://evil@library.example/callback'],
  ['a scheme in capitals', 'HTTPS://library.example/callback'],
  ['a host in capitals', 'https://LIBRARY.example/callback'],
  ['http', 'http://library.example/callback'],
  ['its port spelt out', 'https://library.example:443/callback'],
  ['a host of which it is the beginning', 'https://library.example.evil.example/callback'],
  ['a path above', 'https://library.example/x/../callback'],
  ['an escaped letter', 'https://library.example/%63allback'],
  ['a backslash', 'https://evil.example\\@library.example/callback'],
  ['a space before it', ' https://library.example/callback'],
  ['a line end after it', 'https://library.example/callback\r\n'],
  ['this machine', 'http://127.0.0.1/callback'],
  ['a script', 'javascript:alert(1)'],
  ['nothing', ''],
];

describe('the address of a web service', () => {
  it('is accepted as it was registered', async () => {
    const response = await ask(web, () => undefined);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(/^\/login\/|^http:\/\/localhost:\d+\/login\//);
  });

  it.each(refused)('refuses %s on a page of its own, and sends nobody there', async (_what, uri) => {
    const response = await ask(web, (parameters) => parameters.set('redirect_uri', uri));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await response.text()).toContain('サービスからの要求を受け付けられませんでした');
  });

  it('refuses a request that names none, although one is registered', async () => {
    const response = await ask(web, (parameters) => parameters.delete('redirect_uri'));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('refuses two addresses, one of them right', async () => {
    const response = await ask(web, (parameters) => parameters.append('redirect_uri', 'https://evil.example/'));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('sends no error to a wrong address either', async () => {
    const response = await ask(web, (parameters) => {
      parameters.set('redirect_uri', 'https://evil.example/callback');
      parameters.set('prompt', 'none');
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

describe('the address of an application on this machine', () => {
  it.each(['http://127.0.0.1/callback', 'http://127.0.0.1:49152/callback', 'jp.example.app:/callback'])(
    'accepts %s (RFC 8252 7.3: any port)',
    async (uri) => {
      const response = await ask(native, (parameters) => parameters.set('redirect_uri', uri));
      expect(response.headers.get('location')).toContain('/login/');
    },
  );

  it.each([
    'http://localhost/callback',
    'http://127.0.0.2/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.1:80@evil.example/callback',
    'http://127.1/callback',
    'http://127.0.0.1:49152/other',
    'jp.example.app://evil.example/callback',
  ])('refuses %s', async (uri) => {
    const response = await ask(native, (parameters) => parameters.set('redirect_uri', uri));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

describe('a service that is not registered', () => {
  it('gets a page that does not repeat its name, and no redirect', async () => {
    const response = await ask(web, (parameters) => parameters.set('client_id', 'trust-me-bank'));
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(html).toContain('接続が登録されていないサービスです');
    expect(html.replace(/href="[^"]*"/g, '')).not.toContain('trust-me-bank');
  });
});
