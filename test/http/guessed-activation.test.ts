/** What somebody learns who shows a key: nothing about accounts, unless the key is right. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { accounts } from '../../src/core/people/account.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { activating, chosen, loginName } from './activate.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let act: ReturnType<typeof activating>;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  act = activating(sekisho, clock, new CookieBrowser());
});
afterEach(() => sekisho.close());

describe('what is said to whoever shows a key', () => {
  /** A page without what is different every time by itself. */
  const bareOf = ({ html }: Page, ...typed: readonly string[]) =>
    typed.reduce((text, value) => text.replaceAll(value, '…'), html.replace(/name="csrf" value="[^"]*"/g, ''));

  const others: readonly (readonly [string, () => Promise<readonly [id: string, key: string]>])[] = [
    ['an ID that nobody has', async () => ['a0999999', act.otherKey()]],
    [
      'an account without a key',
      async () => {
        await sekisho.addAccount({ loginName: 'a0777777' });
        return ['a0777777', act.otherKey()];
      },
    ],
    [
      'a suspended account',
      async () => {
        await act.newAccount({ loginName: 'a0777777', account: { state: 'suspended' } });
        return ['a0777777', act.otherKey()];
      },
    ],
    [
      'a key that was used',
      async () => {
        const key = await act.newAccount({ loginName: 'a0777777' });
        const by = new CookieBrowser();
        await act.send(await act.showKey(key, 'a0777777', by), chosen(), by);
        return ['a0777777', key];
      },
    ],
    [
      'an expired key of somebody else',
      async () => {
        const key = await act.newAccount({ loginName: 'a0777777' });
        clock.advance(days(32));
        return ['a0888888', key];
      },
    ],
  ];
  it.each(others)('is for a wrong key the same as for %s', async (_, prepare) => {
    await act.newAccount({ loginName: 'a0555555' });
    const [id, key] = await prepare();
    const wrongKey = act.otherKey();
    const wrong = await act.showKey(wrongKey, 'a0555555', new CookieBrowser());
    const other = await act.showKey(key, id, new CookieBrowser());
    expect([wrong.status, other.status]).toEqual([422, 422]);
    expect(bareOf(other, id, key)).toBe(bareOf(wrong, 'a0555555', wrongKey));
    expect([...other.headers.keys()].sort()).toEqual([...wrong.headers.keys()].sort());
  });

  it('tells a slip from a wrong key without counting it', async () => {
    const key = await act.newAccount();
    const slip = `${key.slice(0, -1)}${key.endsWith('2') ? '3' : '2'}`;
    for (let tries = 0; tries < 8; tries += 1) {
      const page = await act.showKey(slip);
      expect(page.status).toBe(422);
      expect(page.html).toContain('有効化キーに入力の誤りがあります。');
    }
    expect((await act.showKey(key)).status).toBe(200);
  });

  it('tells the holder that the key has expired, with the desk and what to bring', async () => {
    const key = await act.newAccount();
    clock.advance(days(31));
    const page = await act.showKey(key);
    expect(page.status).toBe(403);
    for (const words of ['有効化キーの期限が過ぎています', '身分証', '情報環境支援センター']) {
      expect(page.html).toContain(words);
    }
  });

  it.each([
    ['suspended', { state: 'suspended' as const }, 'このアカウントは停止しています'],
    ['expired', { expiresAt: 1 }, 'このアカウントの有効期限が過ぎています'],
  ])('tells the holder that the account is %s', async (_, wishes, words) => {
    const account = await sekisho.addAccount({ password: null });
    const key = await act.issueKey(account);
    const { store } = sekisho.ground.world;
    await store.commit([replace(accounts, { ...account, ...wishes })]);
    const page = await act.showKey(key);
    expect(page.status).toBe(403);
    expect(page.html).toContain(words);
  });

  it('is that something is missing, where it is', async () => {
    for (const [username, key] of [
      ['', act.otherKey()],
      [loginName, ' '],
    ] as const) {
      const page = await act.showKey(key, username);
      expect(page.status).toBe(422);
      expect(page.html).toContain('入力されていない項目があります');
    }
  });
});

/**
 * 23^19 = 7.5 × 10^25 keys. Five tries are free, then each waits up to 15 minutes: some 3,000 in the 31 days of a key, a
 * chance of 4 × 10^-23 for one account, whatever the number of addresses. An address has 50 tries before it waits.
 */
describe('guessing keys', () => {
  it('is stopped after five, for an ID that exists as for one that does not, and says until when', async () => {
    const key = await act.newAccount();
    for (const id of [loginName, 'a0999999']) {
      const statuses: number[] = [];
      for (let tries = 0; tries < 6; tries += 1) statuses.push((await act.showKey(act.otherKey(), id)).status);
      expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    }
    const page = await act.showKey(key);
    expect(page.status).toBe(429);
    expect(page.headers.get('retry-after')).toBe('5');
    clock.advance(5_000);
    expect((await act.showKey(key)).status).toBe(200);
  });

  it('keeps nobody from logging in', async () => {
    await sekisho.addAccount();
    for (let tries = 0; tries < 6; tries += 1) await act.showKey(act.otherKey());
    expect((await act.logIn(goodPassword)).html).toContain('京都 花子');
  });

  it('is not made easier by many browsers at once', async () => {
    await act.newAccount();
    const pages = await Promise.all(
      Array.from({ length: 20 }, () => act.showKey(act.otherKey(), loginName, new CookieBrowser())),
    );
    const statuses = pages.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => status !== 422 && status !== 429)).toEqual([]);
  });
});
