/** What somebody learns who guesses: nothing about who has an account, and less and less per minute. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { formOf, submit } from '../support/relying-party.ts';
import {
  type AccountWishes,
  goodPassword,
  type SekishoWishes,
  startSekisho,
  type TestSekisho,
} from '../support/sekisho.ts';

const wrongPassword = 'Wrong7gawaTobi';

let clock: FakeClock;
let sekisho: TestSekisho;
const start = async (environment: NonNullable<SekishoWishes['environment']> = {}) => {
  sekisho = await startSekisho({ clock, environment });
};
beforeEach(() => {
  clock = new FakeClock();
});
afterEach(() => sekisho.close());

async function tryWith(username: string, password: string, headers: Record<string, string> = {}): Promise<Page> {
  const browser = new CookieBrowser();
  Object.assign(browser.headers, headers);
  const page = await browser.visit(`${sekisho.issuer}/login`);
  const { left, page: shown } = await submit(browser, sekisho.issuer, page, { username, password });
  if (!shown) throw new Error(`left to ${left?.href}`);
  return shown;
}

/** A page without what is different every time by itself: the typed name, the form's own values. */
function bareOf({ html }: Page, typed: string): string {
  const ofThisLogin =
    /(?:name="csrf"|name="turn") value="([^"]*)"|action="([^"]*)"|&quot;challenge&quot;:&quot;([\w-]+)&quot;|\?login=([\w-]+)/g;
  const own = [...html.matchAll(ofThisLogin)].flatMap((m) => m.slice(1));
  return [typed, ...own.filter((value) => value !== undefined && value.length > 3)].reduce(
    (text, value) => text.replaceAll(value, '…'),
    html,
  );
}

describe('a wrong password', () => {
  const others: readonly (readonly [what: string, wishes: AccountWishes | undefined])[] = [
    ['an ID that nobody has', undefined],
    ['an account that was never activated', { password: null }],
    ['a suspended account', { account: { state: 'suspended' } }],
    ['a closed account', { account: { state: 'closed' } }],
  ];
  it.each(others)('gets the same answer as %s', async (_what, wishes) => {
    await start();
    await sekisho.addAccount({ loginName: 'a0555555' });
    if (wishes) await sekisho.addAccount({ ...wishes, loginName: 'a0777777' });
    const known = await tryWith('a0555555', wrongPassword);
    const other = await tryWith('a0777777', wrongPassword);
    expect(known.status).toBe(422);
    expect(other.status).toBe(known.status);
    expect(bareOf(other, 'a0777777')).toBe(bareOf(known, 'a0555555'));
    expect([...other.headers.keys()].sort()).toEqual([...known.headers.keys()].sort());
  });

  it('is answered as the right one of a closed account is', async () => {
    await start();
    await sekisho.addAccount({ account: { state: 'closed' } });
    const page = await tryWith('a0123456', goodPassword);
    expect(page.status).toBe(422);
    expect(page.html).toContain('パスワードが正しくありません');
  });

  it('is not repeated on the page', async () => {
    await start();
    expect((await tryWith('a0123456', wrongPassword)).html).not.toContain(wrongPassword);
  });
});

describe('the state of an account', () => {
  it.each([
    ['suspended', { state: 'suspended' }, 'このアカウントは停止しています'],
    ['expired', { expiresAt: 1 }, 'このアカウントの有効期限が過ぎています'],
  ] as const)('is told after its right password (%s)', async (_state, account, words) => {
    await start();
    await sekisho.addAccount({ account });
    const page = await tryWith('a0123456', goodPassword);
    expect(page.status).toBe(403);
    expect(page.html).toContain(words);
    expect(page.html).toContain('情報環境支援センター');
    expect(await sekisho.ground.world.store.count(sessions, { index: 'byAccount' })).toBe(0);
  });
});

describe('guessing at one account', () => {
  async function guess(times: number, name = 'a0123456'): Promise<readonly number[]> {
    const statuses: number[] = [];
    for (let i = 0; i < times; i += 1) statuses.push((await tryWith(name, wrongPassword)).status);
    return statuses;
  }

  it.each(['a0123456', 'a0777777'])('is stopped after five tries, whether or not it exists (%s)', async (name) => {
    await start();
    await sekisho.addAccount();
    expect(await guess(6, name)).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('says for how long, and refuses the right password meanwhile, and takes it afterwards', async () => {
    await start();
    await sekisho.addAccount();
    await guess(5);
    const refused = await tryWith('a0123456', goodPassword);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(5);
    expect(refused.html).not.toContain('京都 花子');
    clock.advance(4_999);
    expect((await tryWith('a0123456', goodPassword)).status).toBe(429);
    clock.advance(1);
    expect((await tryWith('a0123456', goodPassword)).html).toContain('京都 花子');
  });

  it('does not slip through in a crowd', async () => {
    await start();
    await sekisho.addAccount();
    const browsers = Array.from({ length: 20 }, () => tryWith('a0123456', wrongPassword));
    const statuses = (await Promise.all(browsers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => status !== 422 && status !== 429)).toEqual([]);
  });

  it('does not keep the owner out of a browser where they have signed in before', async () => {
    await start();
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const known = await browser.visit(`${sekisho.issuer}/login`);
    await submit(browser, sekisho.issuer, known, { username: 'a0123456', password: goodPassword });
    const asked = await browser.visit(`${sekisho.issuer}/logout`);
    await submit(browser, sekisho.issuer, asked, { logout: 'yes' });
    await guess(5);
    const page = await browser.visit(`${sekisho.issuer}/login`);
    const { page: home } = await submit(browser, sekisho.issuer, page, {
      username: 'a0123456',
      password: goodPassword,
    });
    expect(home?.html).toContain('京都 花子');
  });

  it('counts one account however its name is written', async () => {
    await start();
    await sekisho.addAccount();
    for (const name of ['a0123456', 'A0123456', 'ａ０１２３４５６', ' a0123456 ', 'a 0123456'])
      await tryWith(name, wrongPassword);
    expect((await tryWith('a0123456', wrongPassword)).status).toBe(429);
  });
});

describe('guessing from one address', () => {
  const few = { SEKISHO__LOGIN__THROTTLE__ADDRESS__FREE: '3', SEKISHO__LOGIN__THROTTLE__ADDRESS__FIRSTDELAY: '1m' };
  const guessMany = async (forwardedFor: (i: number) => string) => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      const headers = { 'x-forwarded-for': forwardedFor(i), forwarded: `for=${forwardedFor(i)}` };
      statuses.push((await tryWith(`a000000${i}`, wrongPassword, headers)).status);
    }
    return statuses;
  };

  it('is stopped whatever the accounts, and whatever address the headers of a stranger claim', async () => {
    await start(few);
    expect(await guessMany((i) => `203.0.113.${i}`)).toEqual([422, 422, 422, 429]);
    clock.advance(minutes(2));
    expect((await tryWith('a0000009', wrongPassword)).status).toBe(422);
  });

  it('counts what a trusted proxy says', async () => {
    await start({ ...few, SEKISHO__SERVER__PROXY__TRUSTED: '["127.0.0.0/8","::1/128"]' });
    expect(await guessMany((i) => `203.0.113.${i}`)).toEqual([422, 422, 422, 422]);
  });

  it('counts the last stranger before a trusted proxy, not what that stranger wrote', async () => {
    await start({ ...few, SEKISHO__SERVER__PROXY__TRUSTED: '["127.0.0.0/8","::1/128"]' });
    expect(await guessMany((i) => `203.0.113.${i}, 198.51.100.7`)).toEqual([422, 422, 422, 429]);
  });
});

it('offers no other way on the page of a throttled login than to wait, and keeps the typed name', async () => {
  await start();
  for (let i = 0; i < 5; i += 1) await tryWith('a0123456', wrongPassword);
  const page = await tryWith('a0123456', wrongPassword);
  expect(page.html).toContain('value="a0123456"');
  expect(formOf(page).action).toMatch(/^\/login\//);
});
