/** The answer as a form (OAuth 2.0 Form Post Response Mode), under a policy that allows no inline script. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { words } from '../../src/i18n/words.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { beginRequest, exchange, follow, formOf, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';

let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  party = await openParty(sekisho, 'library');
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

async function answerPage(parameters: Record<string, string> = {}, choice?: string) {
  const begun = await beginRequest(party, { response_mode: 'form_post', ...parameters });
  const first = await follow(browser, sekisho.issuer, begun.url);
  const asksPassword = first.page?.html.includes('name="password"') === true;
  const last =
    first.page && asksPassword
      ? await submit(browser, sekisho.issuer, first.page, {
          username: 'a0123456',
          password: goodPassword,
          ...(choice ? { choice } : {}),
        })
      : first;
  if (!last.page) throw new Error('the answer came in an address');
  return { begun, page: last.page };
}

const isSentByItself = ({ html }: Page) => /<form[^>]* data-sends-itself/.test(html);

describe('an answer by form', () => {
  it('is a page of ours that sends itself to the service, and to the service only', async () => {
    const { page } = await answerPage();
    expect(page.status).toBe(200);
    expect(page.html).toContain(words('ja').returning.heading('library'));
    expect(isSentByItself(page)).toBe(true);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("form-action 'self' https://library.example;");
    expect(policy).toContain("script-src 'self';");
    expect(page.html).not.toMatch(/<script(?![^>]*src="\/assets\/)/);
    expect(page.headers.get('cache-control')).toContain('no-store');
  });

  it('can be sent by a button where there is no JavaScript', async () => {
    const { page } = await answerPage();
    expect(page.html).toMatch(/<button[^>]*type="submit"[^>]*data-testid="continue"/);
  });

  it('carries a code that is good', async () => {
    const { page, begun } = await answerPage();
    const { action, fields } = formOf(page);
    expect(action).toBe(party.redirectUri);
    const tokens = await exchange(party, new URL(`${action}?${fields}`), begun);
    expect(tokens.access_token).toBeTruthy();
  });

  it('carries an error as well', async () => {
    const { page, begun } = await answerPage({ prompt: 'none' });
    expect(Object.fromEntries(formOf(page).fields)).toMatchObject({
      error: 'login_required',
      state: begun.state,
      iss: sekisho.issuer,
    });
    expect(isSentByItself(page)).toBe(true);
  });

  it('prints what came with the request as text', async () => {
    const state = '"><script>alert(1)</script>';
    const { page } = await answerPage({ state });
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&quot;&gt;&lt;script&gt;');
  });
});
