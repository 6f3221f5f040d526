/** A person at their own pages, with a browser that sends the forms on them. */
import { credentials } from '../../src/core/credentials/credential.ts';
import type { Account } from '../../src/core/people/account.ts';
import { insert, type Stored } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { type AccountWishes, goodPassword, type TestSekisho } from '../support/sekisho.ts';

export const app = authenticatorApp(sampleSecret);

export interface OwnPages {
  readonly browser: CookieBrowser;
  visit(path: string): Promise<Page>;
  /** With the token of a page that was visited, unless the fields say otherwise. */
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** Sends the first form of a page. */
  send(page: Page, typed: Readonly<Record<string, string>>): Promise<Page>;
  /** Gives password, code or both, as the page asks, until there is a page that asks for neither. */
  prove(page: Page): Promise<Page>;
}

export function ownPages(sekisho: TestSekisho, clock: FakeClock, loginName = 'a0123456'): OwnPages {
  const browser = new CookieBrowser();
  const arrived = ({ page }: { readonly page?: Page }): Page => {
    if (!page) throw new Error('the way led elsewhere');
    return page;
  };
  const visit = async (path: string) => arrived(await follow(browser, sekisho.issuer, path));
  const send = async (page: Page, typed: Readonly<Record<string, string>>) =>
    arrived(await submit(browser, sekisho.issuer, page, typed));
  return {
    browser,
    visit,
    send,
    async post(path, fields = {}) {
      const csrf = /name="csrf" value="([^"]+)"/.exec((await visit('/account/sessions')).html)?.[1] ?? '';
      const body = new URLSearchParams({ csrf, ...fields });
      return arrived(await follow(browser, sekisho.issuer, path, { method: 'POST', body }));
    },
    async prove(page) {
      let at = page;
      for (let steps = 0; steps < 3; steps += 1) {
        if (/name="step" value="password"/.test(at.html))
          at = await send(at, { username: loginName, password: goodPassword });
        else if (/name="step" value="totp"/.test(at.html)) at = await send(at, { code: app.codeAt(clock.now()) });
        else break;
      }
      return at;
    },
  };
}

/** Each with the same secret: they are told apart by their ids. */
export async function addPerson(
  sekisho: TestSekisho,
  appIds: readonly string[] = [],
  wishes: AccountWishes = {},
): Promise<Stored<Account>> {
  const account = await sekisho.addAccount(wishes);
  const { world, masterKey } = sekisho.ground;
  await world.store.commit(
    appIds.map((id) => insert(credentials, heldApp(masterKey, account.id, { id, name: `App ${id}` }))),
  );
  return account;
}

export const headingOf = ({ html }: Page): string => (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '').trim();
