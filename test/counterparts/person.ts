/** A person whose browser goes from site to site: forms that send themselves are sent, and what the login asks is typed. */
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { formOf } from '../support/form-of.ts';
import { goodPassword } from '../support/sekisho.ts';

export interface Journey {
  /** Where it ends: a page that nobody has to do anything about. */
  readonly page: Page;
  /** What the login asked on the way. */
  readonly steps: readonly string[];
  /** The messages that went through the browser in forms: `SAMLRequest` and `SAMLResponse`, as XML. */
  readonly posted: readonly string[];
}

const mostPages = 12;

export async function go(browser: CookieBrowser, url: string | URL): Promise<Journey> {
  const steps: string[] = [];
  const posted: string[] = [];
  let page = await browser.visit(url);
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { action, fields } = formOf(page);
    const written = new URLSearchParams([...fields].map(([name, value]) => [name, unescaped(value)]));
    const message = written.get('SAMLResponse') ?? written.get('SAMLRequest');
    const step = written.get('step');
    if (message === null && step === null) return { page, steps, posted };
    if (message !== null) posted.push(Buffer.from(message, 'base64').toString());
    if (step !== null) {
      if (step !== 'password') throw new Error(`nothing was expected to be asked: ${step}`);
      steps.push(step);
      written.set('username', 'a0123456');
      written.set('password', goodPassword);
    }
    page = await browser.visit(new URL(unescaped(action), page.url), { method: 'POST', body: written });
  }
  throw new Error(`there is no end of forms at ${page.url.href}`);
}

export const newBrowser = (): CookieBrowser => new CookieBrowser();

/** As a browser reads what stands in a page. */
export const unescaped = (text: string): string =>
  text
    .replaceAll(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_all, hexadecimal?: string, decimal?: string) =>
      String.fromCodePoint(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
