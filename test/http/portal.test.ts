/** The house's own pages: portal, help, language, the first administrator's link, health. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { issueSetupLink } from '../../src/core/access/setup-link.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { ask, enter, openService } from './enter.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

const visit = (path: string) => browser.visit(`${sekisho.issuer}${path}`);
const languageOf = (html: string) => /<html lang="(\w+)"/.exec(html)?.[1];

describe('the portal', () => {
  it('tells a stranger what this is and where to log in and find help', async () => {
    const { status, html } = await visit('/');
    expect(status).toBe(200);
    expect(html).toContain('京都大学');
    expect(html).toMatch(/href="\/login"/);
    expect(html).toMatch(/href="\/help/);
  });

  it('lets a person log in by itself, and back to itself', async () => {
    await sekisho.addAccount();
    const page = await visit('/login');
    const home = await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
    expect(home.page?.url.pathname).toBe('/');
    expect(home.page?.html).toContain('京都 花子');
    expect((await visit('/login')).url.pathname).toBe('/');
  });

  it('shows the services that the person may use, the entered ones first, and no others', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho, { id: 'zoo' });
    await openService(sekisho, { id: 'aquarium' });
    await openService(sekisho, { id: 'staffroom', audience: { roles: ['staff'] } });
    await openService(sekisho, { id: 'hidden', isListed: false });
    await openService(sekisho, { id: 'stopped', state: 'suspended' });
    await enter(sekisho, party, {}, browser);
    const { html } = await visit('/');
    expect([...html.matchAll(/href="https:\/\/(\w+)\.example\/"/g)].map(([, id]) => id)).toEqual(['zoo', 'aquarium']);
  });

  it('prints the names of services as text', async () => {
    await sekisho.addAccount();
    const name = { ja: '<script>alert(1)</script>', en: 'x' };
    await enter(sekisho, await openService(sekisho, { name }), {}, browser);
    expect((await visit('/')).html).not.toContain('<script>alert');
  });

  it('helps with the desks of every kind of account', async () => {
    const { status, html } = await visit('/help');
    expect(status).toBe(200);
    for (const id of ['forgot-id', 'forgot-password', 'activation']) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('情報環境支援センター');
  });
});

describe('the language of a page', () => {
  it.each([
    ['ja', 'ja'],
    ['en-GB,en;q=0.8', 'en'],
    ['fr-FR, en;q=0.3, ja;q=0.2', 'en'],
    ['fr', 'en'],
    ['', 'ja'],
  ])('is that of the browser: %p gives %s', async (wanted, locale) => {
    browser.headers['accept-language'] = wanted;
    expect(languageOf((await visit('/')).html)).toBe(locale);
  });

  it('is what the person chose, from then on, at an address without the choice', async () => {
    const { html, url } = await visit('/help?x=1&lang=en');
    expect(url.pathname + url.search).toBe('/help?x=1');
    expect(languageOf(html)).toBe('en');
    expect(languageOf((await visit('/')).html)).toBe('en');
  });

  it.each(['fr', '', 'EN', '../x'])('is not changed by ?lang=%s', async (lang) => {
    expect(languageOf((await visit(`/?lang=${lang}`)).html)).toBe('ja');
  });

  it('is that which the service asks for, until the person chooses', async () => {
    const party = await openService(sekisho);
    const { page } = await ask(sekisho, party, browser, { ui_locales: 'fr en' });
    expect(languageOf(page?.html ?? '')).toBe('en');
    expect(languageOf((await visit(`${page?.url.pathname}?lang=ja`)).html)).toBe('ja');
  });
});

describe('the first administrator’s link', () => {
  const open = async () => `/setup/${await issueSetupLink(sekisho.ground.world)}`;
  const set = async (path: string, password: string, repeated = password) =>
    (await submit(browser, sekisho.issuer, await visit(path), { password, repeated })).page;

  it('sets a password with which the administrator logs in, once', async () => {
    const path = await open();
    expect((await set(path, goodPassword))?.status).toBe(200);
    const home = await submit(browser, sekisho.issuer, await visit('/login'), {
      username: 'administrator',
      password: goodPassword,
    });
    expect(home.page?.status).toBe(200);
    expect((await visit(path)).status).toBe(410);
    expect(await issueSetupLink(sekisho.ground.world)).toBeUndefined();
  });

  it('refuses a password that breaks the rule, or differs the second time, and stays good', async () => {
    const path = await open();
    expect((await set(path, 'short'))?.status).toBe(422);
    expect((await set(path, goodPassword, `${goodPassword}x`))?.status).toBe(422);
    expect((await set(path, goodPassword))?.status).toBe(200);
  });

  it('is good for half an hour', async () => {
    const path = await open();
    clock.advance(minutes(30) - 1);
    expect((await visit(path)).status).toBe(200);
    clock.advance(1);
    expect((await visit(path)).status).toBe(410);
  });

  it('is refused with a made-up token', async () => {
    await open();
    expect((await visit(`/setup/${'x'.repeat(43)}`)).status).toBe(410);
  });

  it('makes one administrator for two who press at once', async () => {
    const path = await open();
    const others = [new CookieBrowser(), new CookieBrowser(), new CookieBrowser()];
    const pages = await Promise.all(others.map((other) => other.visit(`${sekisho.issuer}${path}`)));
    const typed = { password: goodPassword, repeated: goodPassword };
    const answers = await Promise.all(
      others.map((other, i) => submit(other, sekisho.issuer, pages[i] as NonNullable<(typeof pages)[0]>, typed)),
    );
    const statuses = answers.map(({ page }) => page?.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => (status ?? 500) >= 500)).toEqual([]);
  });
});

describe('health', () => {
  it('is told to machines in a word', async () => {
    expect((await visit('/livez')).html).toBe('ok\n');
    expect((await visit('/readyz')).html).toBe('ready\n');
  });

  it('is not ready when the store is gone, and lives all the same', async () => {
    await sekisho.ground.world.store.close();
    expect((await visit('/livez')).status).toBe(200);
    expect((await visit('/readyz')).status).toBe(503);
  });
});
