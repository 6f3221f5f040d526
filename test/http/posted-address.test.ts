/** What a service has the browser post stands in no address in the clear: not in the one that is asked for, nor in our links. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { exchange, follow, logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

async function post(path: string, parameters: Record<string, string>): Promise<Page> {
  const init = { method: 'POST', body: new URLSearchParams(parameters), headers: { 'accept-language': 'ja' } };
  const { page } = await follow(browser, sekisho.issuer, path, init);
  if (!page) throw new Error('the browser has left');
  return page;
}

const languageLink = ({ html }: Page): string =>
  (/href="([^"]*[?&;]lang=en)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');

/** Both languages of the page: in which address it stands, and what leads to the other. */
async function inEnglish(page: Page): Promise<Page> {
  const { page: other } = await follow(browser, sekisho.issuer, languageLink(page));
  if (!other) throw new Error('the browser has left');
  return other;
}

describe('a page about what was posted', () => {
  it('has no word of it in its link to the other language, which shows the same: a refusal', async () => {
    const page = await post('/oidc/auth', { client_id: 'nobody', login_hint: 'a0123456' });
    expect(page.status).toBe(400);
    expect(languageLink(page)).toMatch(/^\/oidc\/auth\?posted=[\w.-]+&lang=en$/);
    expect(page.html).not.toContain('a0123456');
    const other = await inEnglish(page);
    expect(other.status).toBe(400);
    expect(other.html).toContain('lang="en"');
  });

  it('and so has the question whether to log out, however long that was', async () => {
    const party = await openParty(sekisho, 'library');
    const login = await logIn(sekisho, party);
    browser = login.browser;
    const { id_token = '' } = await exchange(party, login.callback, login.begun);
    const page = await post('/oidc/logout', { id_token_hint: id_token, state: randomBytes(10_000).toString('hex') });
    expect(page.status).toBe(200);
    expect(languageLink(page)).toMatch(/^\/oidc\/logout\?posted=[\w.-]{43}&lang=en$/);
    expect((await inEnglish(page)).html).toContain('lang="en"');
  });
});
