/** From a login at a service aside to an activation, and back into that login. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { activating, chosen, loginName } from './activate.ts';
import { ask, openService } from './enter.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
let act: ReturnType<typeof activating>;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  party = await openService(sekisho);
  browser = new CookieBrowser();
  act = activating(sekisho, clock, browser);
});
afterEach(() => sekisho.close());

/** Where the first link on the page leads whose address begins so. */
function linkOn({ html, url }: Page, start: string): string {
  const [, href] = new RegExp(`href="(${start}[^"]*)"`).exec(html) ?? [];
  if (href === undefined) throw new Error(`no link to ${start}`);
  return new URL(href.replaceAll('&amp;', '&'), url).href;
}

/** Over the help for a forgotten password, where that is asked, to the last page of an activation. */
async function activate(from: Page, by = browser): Promise<Page> {
  const help = await by.visit(linkOn(from, '/help'));
  const first = await by.visit(linkOn(help, '/activate'));
  const second = await act.send(first, { username: loginName, key: await act.newAccount() }, by);
  return act.send(second, chosen(), by);
}

describe('an activation that was begun from a login', () => {
  it('goes on with that login, and names its service', async () => {
    const { begun, page } = await ask(sekisho, party, browser);
    const done = await activate(page as Page);
    expect(done.html).toContain('library へのログインに進む');
    const back = await browser.visit(linkOn(done, '/login'));
    expect(back.url.pathname).toBe(page?.url.pathname);
    const { left } = await submit(browser, sekisho.issuer, back, { username: loginName, password: goodPassword });
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toEqual(expect.any(String));
  });

  it('keeps the way back through mistakes, and after a change of language', async () => {
    const { page } = await ask(sekisho, party, browser);
    const first = await browser.visit(linkOn(page as Page, '/activate'));
    const wrong = await act.send(first, { username: loginName, key: act.otherKey() });
    const second = await act.send(wrong, { username: loginName, key: await act.newAccount() });
    const short = await act.send(second, chosen('short'));
    const done = await act.send(short, chosen());
    const english = await browser.visit(`${done.url.href}&lang=en`);
    expect(english.html).toContain('Go on to library');
  });

  it.each([
    ['has timed out', async () => clock.advance(minutes(31))],
    ['was given up', async (page: Page) => browser.send(`${page.url.href}/cancel`)],
  ])('begins a new login where that one %s', async (_what, end) => {
    const { page } = await ask(sekisho, party, browser);
    const key = await act.newAccount();
    await end(page as Page);
    const first = await browser.visit(linkOn(page as Page, '/activate'));
    const done = await act.send(await act.send(first, { username: loginName, key }), chosen());
    expect(linkOn(done, '/login')).toBe(`${sekisho.issuer}/login`);
  });

  it.each(['another browser’s', 'a made-up one', 'no handle at all'])(
    'leads to no login but its own: %s',
    async (what) => {
      const { page } = await ask(sekisho, party, new CookieBrowser());
      const login = {
        'another browser’s': page?.url.pathname.split('/').at(-1) ?? '',
        'a made-up one': 'x'.repeat(43),
        'no handle at all': '//elsewhere.example/',
      }[what];
      const first = await browser.visit(`${sekisho.issuer}/activate?${new URLSearchParams({ login: login ?? '' })}`);
      const done = await act.send(
        await act.send(first, { username: loginName, key: await act.newAccount() }),
        chosen(),
      );
      expect(linkOn(done, '/login')).toBe(`${sekisho.issuer}/login`);
      expect(done.html).not.toContain('elsewhere');
    },
  );
});
