/** Rules of the policy over HTTP: a session that walks from the campus to a café, and a browser without a second factor. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { insert } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Asked, answerOf, ask, openService } from './enter.ts';

const app = authenticatorApp(sampleSecret);
const campus = '192.0.2.7';
const cafe = '203.0.113.9';
const outside: PolicyRule = { name: 'off-campus', when: { outsideNetworks: ['192.0.2.0/24'] }, level: 'mfa' };
const inNewBrowser: PolicyRule = {
  name: 'new-browser',
  when: { newDevice: true, connections: ['library'] },
  level: 'mfa',
};

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
beforeEach(() => {
  clock = new FakeClock();
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

/** `trusted`: networks of the proxies that are believed. */
async function start(rules: readonly PolicyRule[], trusted: readonly string[] = ['127.0.0.0/8', '::1/128']) {
  const environment = {
    SEKISHO__POLICY__RULES: JSON.stringify(rules),
    SEKISHO__SERVER__PROXY__TRUSTED: JSON.stringify(trusted),
  };
  sekisho = await startSekisho({ clock, environment });
  party = await openService(sekisho);
  const { world, masterKey } = sekisho.ground;
  const { id } = await sekisho.addAccount();
  await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
}

function goTo(address: string): void {
  browser.headers['x-forwarded-for'] = address;
}
const stepOn = (page: Page | undefined): string => /name="step" value="([^"]+)"/.exec(page?.html ?? '')?.[1] ?? '';
const send = (page: Page | undefined, typed: Readonly<Record<string, string>>) => {
  if (!page) throw new Error('there is no page');
  return submit(browser, sekisho.issuer, page, typed);
};
const givePassword = (page: Page | undefined) => send(page, { username: 'a0123456', password: goodPassword });
function giveCode(page: Page | undefined) {
  clock.advance(minutes(1));
  return send(page, { code: app.codeAt(clock.now()) });
}

async function signInOnCampus(): Promise<void> {
  goTo(campus);
  const { page } = await ask(sekisho, party, browser);
  const { left } = await givePassword(page);
  expect(left?.searchParams.has('code')).toBe(true);
}

describe('a rule about the network', () => {
  it('asks a session that has walked outside for what is missing, and says why', async () => {
    await start([outside]);
    await signInOnCampus();
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    goTo(cafe);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
    const { page } = await ask(sekisho, party, browser);
    expect(stepOn(page)).toBe('totp');
    expect(page?.html).toContain('学外のネットワークから library を利用するには、多要素認証が必要です。');
    expect((await giveCode(page)).left?.searchParams.has('code')).toBe(true);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
  });

  it('holds for a login that begins on campus and goes on outside', async () => {
    await start([outside]);
    goTo(campus);
    const { page } = await ask(sekisho, party, browser);
    goTo(cafe);
    expect(stepOn((await givePassword(page)).page)).toBe('totp');
  });

  it('believes nobody who writes the campus into a header by themselves', async () => {
    await start([outside], []);
    goTo(campus);
    const { page } = await ask(sekisho, party, browser);
    expect(stepOn((await givePassword(page)).page)).toBe('totp');
  });

  it.each([
    ['says nothing of whom it asks for', ''],
    ['says that it does not know', 'unknown'],
    ['says it in words of its own', '192.0.2.7:50123'],
  ])('does not take the proxy for the person where the proxy stands on campus and %s', async (_, said) => {
    await start([{ ...outside, when: { outsideNetworks: ['127.0.0.0/8', '::1/128'] } }]);
    goTo(said);
    const { page } = await ask(sekisho, party, browser);
    expect(stepOn((await givePassword(page)).page)).toBe('totp');
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
  });

  it('tells somebody without a second factor why a desk has to see them here, when it would not on campus', async () => {
    await start([outside]);
    await sekisho.addAccount({ loginName: 'a0222222' });
    goTo(cafe);
    const { page } = await ask(sekisho, party, browser);
    const denied = await send(page, { username: 'a0222222', password: goodPassword });
    expect(denied.page?.status).toBe(403);
    expect(denied.page?.html).toContain('学外のネットワークから library を利用するには、多要素認証が必要です。');
    goTo(campus);
    expect(await answerOf(sekisho, party, browser)).toBe('code');
  });

  it('leaves the portal alone', async () => {
    await start([outside]);
    goTo(cafe);
    const page = await browser.visit(new URL('/login', sekisho.issuer));
    expect((await givePassword(page)).page?.url.pathname).toBe('/');
  });
});

describe('a rule about new browsers', () => {
  const inPortal = async () => givePassword(await browser.visit(new URL('/login', sekisho.issuer)));
  const forget = () => browser.setCookie(sekisho.issuer, 'sekisho-session', 'none');
  const arrive = async (): Promise<Pick<Asked, 'page' | 'left'>> => {
    const asked = await ask(sekisho, party, browser);
    return stepOn(asked.page) === 'password' ? givePassword(asked.page) : asked;
  };

  it('asks until a second factor was given there: a password given elsewhere first changes nothing', async () => {
    await start([inNewBrowser]);
    await inPortal();
    const { page } = await arrive();
    expect(stepOn(page)).toBe('totp');
    expect(page?.html).toContain('このブラウザではまだ多要素認証を行っていないため');
    forget();
    await inPortal();
    expect(stepOn((await arrive()).page)).toBe('totp');
  });

  it('asks no more in the browser in which it was given, and again in another', async () => {
    await start([inNewBrowser]);
    const { page } = await arrive();
    expect((await giveCode(page)).left?.searchParams.has('code')).toBe(true);
    forget();
    expect((await arrive()).left?.searchParams.has('code')).toBe(true);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    browser = new CookieBrowser();
    expect(stepOn((await arrive()).page)).toBe('totp');
  });
});
