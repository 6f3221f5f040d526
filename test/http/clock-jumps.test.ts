/** What people and services meet when the clock of the machine was wrong: a day ahead all at once, or an hour back. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days, hours, minutes } from '../../src/base/duration.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { beginRequest, exchange, follow, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  party = await openParty(sekisho, 'library');
});
afterEach(() => sekisho.close());

const aDayAhead = (): void => clock.advance(days(1));
const anHourBack = (): void => clock.advance(-hours(1));

const loginPage = async (browser: CookieBrowser): Promise<Page> => {
  const { page } = await follow(browser, sekisho.issuer, (await beginRequest(party)).url);
  if (!page) throw new Error('nobody was asked to log in');
  return page;
};
const type = (browser: CookieBrowser, page: Page, password = goodPassword) =>
  submit(browser, sekisho.issuer, page, { username: 'a0123456', password });
const isSignedIn = async (browser: CookieBrowser): Promise<boolean> =>
  (await browser.visit(sekisho.issuer)).html.includes('京都 花子');

describe('a clock that jumps a day ahead', () => {
  it('ends sessions, and lets people in anew', async () => {
    const { browser } = await logIn(sekisho, party);
    expect(await isSignedIn(browser)).toBe(true);
    aDayAhead();
    expect(await isSignedIn(browser)).toBe(false);
    const { begun, callback } = await logIn(sekisho, party, browser);
    expect(await exchange(party, callback, begun)).toHaveProperty('access_token');
  });

  it('ends a login under way with a page that says so, not with an error of ours', async () => {
    const browser = new CookieBrowser();
    const page = await loginPage(browser);
    aDayAhead();
    const { page: shown } = await type(browser, page);
    expect(shown?.status).toBe(410);
  });

  it('forgives wrong passwords of the day before', async () => {
    const browser = new CookieBrowser();
    const page = await loginPage(browser);
    let status = 0;
    for (let tries = 0; tries < 30 && status !== 429; tries += 1) {
      status = (await type(browser, await loginPage(browser), 'Wrong7gawaTobi')).page?.status ?? 0;
    }
    expect({ status, page: page.status }).toEqual({ status: 429, page: 200 });
    aDayAhead();
    expect((await type(browser, await loginPage(browser))).left).toBeDefined();
  });
});

describe('a clock that jumps an hour back', () => {
  it('keeps people signed in, and no longer than they would have been', async () => {
    const { browser } = await logIn(sekisho, party);
    anHourBack();
    expect(await isSignedIn(browser)).toBe(true);
    // Twelve hours from when it began, by the clock that it began with.
    clock.advance(hours(13));
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('lets a login under way go on to its tokens', async () => {
    const browser = new CookieBrowser();
    const begun = await beginRequest(party);
    const { page } = await follow(browser, sekisho.issuer, begun.url);
    anHourBack();
    const { left } = page ? await type(browser, page) : { left: undefined };
    if (!left) throw new Error('the login did not end');
    expect(await exchange(party, left, begun)).toHaveProperty('access_token');
  });

  it('takes no code twice', async () => {
    const { begun, callback } = await logIn(sekisho, party);
    await exchange(party, callback, begun);
    anHourBack();
    await expect(exchange(party, callback, begun)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('makes nobody wait for more than the hour and the delay that was due', async () => {
    const browser = new CookieBrowser();
    let status = 0;
    for (let tries = 0; tries < 30 && status !== 429; tries += 1) {
      status = (await type(browser, await loginPage(browser), 'Wrong7gawaTobi')).page?.status ?? 0;
    }
    expect(status).toBe(429);
    anHourBack();
    clock.advance(hours(1) + minutes(30));
    expect((await type(browser, await loginPage(browser))).left).toBeDefined();
  });
});
