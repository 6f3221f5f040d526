/** /account/activity: what the audit tells of one account, in the words of its owner. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { auditWrite } from '../../src/core/audit/event.ts';
import { redirectOf } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter, openService } from './enter.ts';
import { addPerson, type OwnPages, ownPages } from './own-pages.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let me: OwnPages;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  me = ownPages(sekisho, clock);
});
afterEach(() => sekisho.close());

const signIn = async (pages = me) => pages.prove(await pages.visit('/login'));

describe('the activity', () => {
  it('tells of sign-ins and changes of this account alone, in plain words', async () => {
    await addPerson(sekisho);
    await addPerson(sekisho, [], { loginName: 'a0222222' });
    const theirs = ownPages(sekisho, clock, 'a0222222');
    await theirs.send(await theirs.visit('/login'), { username: 'a0222222', password: 'wrong' });
    await signIn();
    const { html } = await me.visit('/account/activity');
    expect(html).toContain('ログインしました。');
    expect(html).toContain('接続元 127.0.0.1');
    expect(html).toContain('アカウントが発行されました。');
    expect(html).not.toContain('パスワードが正しくありませんでした。');
  });

  it('shows with what browser, when and for which service, in words', async () => {
    await addPerson(sekisho);
    const chrome =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0 Safari/537.36';
    me.browser.headers['user-agent'] = `${chrome} <script>`;
    await enter(sekisho, await openService(sekisho), {}, me.browser);
    const entries = async () => (await me.visit('/account/activity')).html.split('<li ');
    const told = (await entries()).find((entry) => entry.includes('library にログインしました。'));
    expect(told).toMatch(/今日 \d+:\d\d[\s\S]*Chrome \/ Windows\(接続元 127\.0\.0\.1\)/);
    expect(told).not.toContain('script');
  });

  it('is read month by month, from the first one to the present one', async () => {
    await addPerson(sekisho);
    clock.advance(days(62));
    await signIn();
    const { html } = await me.visit('/account/activity');
    const older = /href="([^"]+)" rel="prev"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(html).not.toContain('rel="next"');
    const before = await me.visit(older);
    expect(before.html).toContain('この月の記録はありません。');
    expect(before.html).toContain('rel="next"');
    const first = await me.visit(/href="([^"]+)" rel="prev"/.exec(before.html)?.[1] ?? '');
    expect(first.html).toContain('アカウントが発行されました。');
    expect(first.html).not.toContain('rel="prev"');
    const future = await me.visit('/account/activity?month=2099-01');
    expect(future.html).toContain('<h2 id="month">2026年6月</h2>');
  });

  it('goes on where a page is full, each entry once', async () => {
    const { id: accountId } = await addPerson(sekisho);
    await signIn();
    const { world } = sekisho.ground;
    const actor = { kind: 'person', id: accountId } as const;
    const told = { type: 'terms.accepted', accountId, version: '2026-04' } as const;
    await world.store.commit(Array.from({ length: 120 }, () => auditWrite(world, actor, told)));
    const count = (html: string) => html.match(/利用規程に同意しました。/g)?.length ?? 0;
    const { html } = await me.visit('/account/activity');
    const more = /href="([^"]+after=[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const rest = await me.visit(more);
    expect(count(html)).toBeGreaterThan(90);
    expect(count(html) + count(rest.html)).toBe(120);
    expect(rest.html).not.toContain('さらに前の記録を表示');
  });

  it.each([
    ['is none', 'after=x'],
    ['is too long', `after=${'x'.repeat(500)}`],
    ['is a list', 'month=x&after[]=1'],
  ])('holds against a place to go on from that %s', async (_title, query) => {
    await addPerson(sekisho);
    await signIn();
    expect((await me.visit(`/account/activity?${query}`)).status).toBeLessThan(500);
    expect(redirectOf(await me.browser.send(`${sekisho.issuer}/account`))).toBeNull();
  });
});
