/** /account/password: a new password by whoever knows the present one. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { passwordOf } from '../../src/core/credentials/credential.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addPerson, type OwnPages, ownPages } from './own-pages.ts';

const another = 'Nanzen29jiSui';

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
const cookie = (pages = me) => pages.browser.cookies(sekisho.issuer).get('sekisho-session');

describe('the password', () => {
  const change = (current: string, password = another, repeated = password) =>
    me.post('/account/password', { current, password, repeated });

  it('is changed by whoever knows it: other browsers are out, this one goes on with another cookie', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    const other = ownPages(sekisho, clock);
    await signIn(other);
    const before = cookie();
    const page = await change(goodPassword);
    expect(page.html).toContain('パスワードを変更しました。');
    expect(cookie()).not.toBe(before);
    expect((await other.visit('/account')).url.pathname).toMatch(/^\/login/);
    const { world, hasher } = sekisho.ground;
    expect(await hasher.matches((await passwordOf(world.store, id))?.hash, another)).toBe(true);
    const { records } = await listNotices(world);
    expect(records.map(({ topic }) => topic)).toContain('password_changed');
  });

  it.each<[string, string, string, string]>([
    ['the present one is wrong', 'wrong', another, '現在のパスワードが正しくありません。'],
    ['the present one is missing', '', another, '現在のパスワードを入力してください。'],
    ['nothing has changed', goodPassword, goodPassword, '現在のパスワードと同じです。'],
    ['the rule refuses it', goodPassword, 'short', '12文字以上にしてください。'],
  ])('is not changed where %s', async (_title, current, password, sentence) => {
    await addPerson(sekisho);
    await signIn();
    const before = cookie();
    const page = await change(current, password);
    expect(page.status).toBe(422);
    expect(page.html).toContain(sentence);
    expect(page.html).not.toContain(another);
    expect(cookie()).toBe(before);
  });

  it('is not guessed here either', async () => {
    await addPerson(sekisho);
    await signIn();
    let page = await change('guess');
    for (let tries = 0; tries < 12 && page.status === 422; tries += 1) page = await change('guess');
    expect(page.status).toBe(429);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is not changed by a password alone where there is a second factor', async () => {
    await addPerson(sekisho, ['app-1']);
    await signIn();
    const page = await change(goodPassword);
    expect(page.html).toContain('name="step" value="totp"');
    expect((await me.prove(page)).url.pathname).toBe('/account/password');
    expect((await change(goodPassword)).html).toContain('パスワードを変更しました。');
  });
});
