/** The provider says itself that a login has ended; the service ends its own, and tells the browser on its next page. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { type DemoStage, setDemoStage } from './demo-stage.ts';

let stage: DemoStage;

beforeEach(async () => {
  stage = await setDemoStage();
});
afterEach(() => stage.close());

const ownForm = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } };

describe('a login that ends elsewhere', () => {
  const tell = (origin: string, init: RequestInit) =>
    fetch(`${origin}/backchannel-logout`, { method: 'POST', ...init });

  async function logOutAtKulasis(): Promise<void> {
    const question = await stage.browser.visit(`${stage.kulasis.origin}/logout`, ownForm);
    const action = /action="([^"]+)"/.exec(question.html)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.html)?.[1] ?? '';
    await stage.browser.visit(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  }

  it.each([
    ['ja', 'MyKULINE からログアウトしました', 'もう一度ログイン'],
    ['en', 'You are logged out of MyKULINE', 'Log in again'],
  ])(
    'is ended here when the provider says so, and the next page tells the person: %s',
    async (language, title, again) => {
      await stage.login();
      await stage.browser.visit(`${stage.mykuline.origin}/login`);
      stage.browser.headers['accept-language'] = language;
      await logOutAtKulasis();
      for (const path of ['/', '/loans']) {
        const page = await stage.browser.visit(`${stage.mykuline.origin}${path}`);
        expect(page.url.pathname).toBe(path);
        expect(page.html).toContain('data-testid="ended-elsewhere"');
        expect(page.html).toContain(`<h1>${title}</h1>`);
        expect(page.html).toContain(again);
        expect(page.html).not.toContain('data-testid="name"');
      }
      const back = await stage.browser.visit(`${stage.mykuline.origin}/login?to=%2Floans`);
      expect(back.url.href).toBe(`${stage.mykuline.origin}/loans`);
      expect(back.html).toContain('data-testid="name"');
    },
  );

  it('leaves the logins of other browsers alone', async () => {
    await stage.login();
    const elsewhere = new CookieBrowser();
    await elsewhere.visit(`${stage.kulasis.origin}/login`);
    await stage.browser.visit(`${stage.mykuline.origin}/login`);
    await logOutAtKulasis();
    expect((await elsewhere.visit(stage.kulasis.origin)).html).toContain('data-testid="name"');
  });

  it.each<[string, string, RequestInit]>([
    ['nothing', 'not a form', {}],
    ['a forged token', 'JWS', { body: new URLSearchParams({ logout_token: 'x.y.z' }) }],
    ['something that is no form', 'not a form', { body: '{}', headers: { 'content-type': 'application/json' } }],
    ['more than any token', 'too large', { body: new URLSearchParams({ logout_token: 'x'.repeat(20_000) }) }],
  ])('is not believed when %s is posted', async (_what, reason, init) => {
    await stage.login();
    const answer = await tell(stage.kulasis.origin, init);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ error: 'invalid_request' });
    expect(stage.lines).toEqual([expect.stringContaining(`kulasis: logout token: ${reason}`)]);
    expect(await stage.isSignedIn()).toBe(true);
  });
});
