/** Activation as a browser without scripts goes through it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { activating, chosen, loginName } from './activate.ts';
import { enterForLong, openService } from './enter.ts';

const newer = 'Bentenjima5Tobi';

let clock: FakeClock;
let sekisho: TestSekisho;
let browser: CookieBrowser;
let act: ReturnType<typeof activating>;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  browser = new CookieBrowser();
  act = activating(sekisho, clock, browser);
});
afterEach(() => sekisho.close());

describe('activation', () => {
  it('goes from ID and key over terms and password to a login, at once', async () => {
    const key = await act.newAccount();
    const passwordPage = await act.showKey(key.toLowerCase().replaceAll('-', ' '), ' Ａ０123456 ');
    expect(passwordPage.url.pathname).toMatch(/^\/activate\/[\w-]{43}$/);
    expect(passwordPage.html).toContain('全学アカウントはあなた本人だけのものです。');
    expect(passwordPage.html).toContain('12文字以上にしてください。');
    const done = await act.send(passwordPage, chosen());
    expect(done.status).toBe(200);
    expect(done.html).toContain('アカウントを有効化しました');
    expect(done.html).toMatch(/href="\/login"/);
    expect((await act.logIn(goodPassword)).html).toContain('京都 花子');
  });

  it('puts the key into no address and no cookie, and into the log neither key nor handle', async () => {
    const key = await act.newAccount();
    const page = await act.showKey(key);
    await act.send(page, chosen());
    const bare = key.replaceAll('-', '');
    const kept = [page.url.href, ...browser.cookies(sekisho.issuer).values(), page.html].join('\n');
    for (const form of [key, bare]) expect(kept).not.toContain(form);
    const log = sekisho.log.join('\n');
    for (const secret of [key, bare, page.url.pathname.slice('/activate/'.length)]) expect(log).not.toContain(secret);
  });

  it('takes the ID out of the address, as a letter may carry it, and nothing else', async () => {
    const { html } = await browser.visit(`${sekisho.issuer}/activate?id=a0123456&key=secret-of-a-letter&username=x`);
    expect(html).toContain('value="a0123456"');
    expect(/<input[^>]* name="key"[^>]*>/.exec(html)?.[0]).toContain('value=""');
  });

  it('sets a new password for an active account, without asking for the terms again; old sessions and tokens end', async () => {
    const account = await sekisho.addAccount();
    const { tokens } = await enterForLong(sekisho, await openService(sekisho), browser);
    expect(tokens.refresh_token).toBeDefined();
    const by = new CookieBrowser();
    const page = await act.showKey(await act.issueKey(account), loginName, by);
    expect(page.html).not.toContain('name="accept"');
    const done = await act.send(page, { password: newer, repeated: newer }, by);
    expect(done.html).toContain('新しいパスワードを設定しました');
    expect((await browser.visit(`${sekisho.issuer}/`)).html).not.toContain('京都 花子');
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' });
    const headers = { authorization: `Basic ${btoa(`library:${'s'.repeat(43)}`)}` };
    const refreshed = await fetch(`${sekisho.issuer}/oidc/token`, { method: 'POST', body, headers });
    expect(refreshed.status).toBe(400);
    expect((await act.logIn(goodPassword)).status).toBe(422);
    expect((await act.logIn(newer)).html).toContain('京都 花子');
  });

  it('names everything that is wrong with the second page at once, and keeps what was ticked, never the password', async () => {
    const page = await act.showKey(await act.newAccount());
    const refused = await act.send(page, { accept: 'yes', password: 'hanako', repeated: 'hanako' });
    expect(refused.status).toBe(422);
    for (const words of ['12文字以上に', '英大文字', '数字(0〜9)', '氏名']) expect(refused.html).toContain(words);
    expect(refused.html).toMatch(/name="accept" value="yes" checked/);
    expect(refused.html).not.toMatch(/value="hanako"/);
    const unaccepted = await act.send(page, { password: goodPassword, repeated: newer });
    expect(unaccepted.html).toContain('同意する場合はチェックを入れてください');
    expect(unaccepted.html).toContain('2回の入力が一致していません');
    expect((await act.send(page, { password: goodPassword, repeated: goodPassword })).status).toBe(422);
    expect((await act.send(page, chosen())).status).toBe(200);
  });
});

describe('two at once', () => {
  it('is one activation for a button that is pressed twice, and both presses see the end', async () => {
    const page = await act.showKey(await act.newAccount());
    const ends = await Promise.all([act.send(page, chosen()), act.send(page, chosen())]);
    expect(ends.map(({ status }) => status)).toEqual([200, 200]);
    for (const { html } of ends) expect(html).toContain('アカウントを有効化しました');
    expect(ends.filter(({ html }) => html.includes('すでに完了しています'))).toHaveLength(1);
    expect((await act.logIn(goodPassword)).html).toContain('京都 花子');
  });

  it('lets one of two people with one key win, and tells the other to ask the desk', async () => {
    const key = await act.newAccount();
    const other = new CookieBrowser();
    const [mine, theirs] = [await act.showKey(key), await act.showKey(key, loginName, other)];
    const ends = await Promise.all([act.send(mine, chosen()), act.send(theirs, chosen(newer), other)]);
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 410]);
    const lost = ends.find(({ status }) => status === 410);
    expect(lost?.html).toContain('この有効化キーは使えなくなりました');
    expect(lost?.html).toContain('情報環境支援センター');
    const [winner, loser] = ends[0]?.status === 200 ? [goodPassword, newer] : [newer, goodPassword];
    expect((await act.logIn(winner)).html).toContain('京都 花子');
    expect((await act.logIn(loser)).status).toBe(422);
  });

  it('tells a second tab that the first has finished, and which password holds', async () => {
    const page = await act.showKey(await act.newAccount());
    await act.send(page, chosen());
    const late = await act.send(page, chosen(newer));
    expect(late.html).toContain('先に送信したパスワードが設定されています');
    expect((await act.logIn(newer)).status).toBe(422);
    expect((await browser.visit(page.url)).html).toContain('アカウントを有効化しました');
  });
});

describe('an activation that was begun', () => {
  it('is closed to another browser, and after half an hour', async () => {
    const page = await act.showKey(await act.newAccount());
    const stranger = new CookieBrowser();
    expect((await stranger.visit(page.url)).status).toBe(410);
    clock.advance(minutes(30));
    const late = await act.send(page, chosen());
    expect(late.status).toBe(410);
    expect(late.html).toContain('有効化の手続きの有効時間が過ぎました');
    expect(late.html).toMatch(/href="\/activate"/);
  });

  it('takes no form that another site made', async () => {
    const page = await act.showKey(await act.newAccount());
    expect((await act.send(page, { ...chosen(), csrf: 'made-up' })).status).toBe(403);
    const first = await browser.visit(`${sekisho.issuer}/activate`);
    expect((await act.send(first, { username: loginName, key: act.otherKey(), csrf: '' })).status).toBe(403);
  });
});
