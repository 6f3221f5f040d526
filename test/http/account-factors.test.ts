/** /account/factors: named, removed, added, each only by somebody who has shown a moment ago that the account is theirs. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { authenticatorApp } from '../support/authenticator-app.ts';
import type { Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { openService } from './enter.ts';
import { addPerson, headingOf, type OwnPages, ownPages } from './own-pages.ts';

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
const stored = (id: string) => sekisho.ground.world.store.get(credentials, id);
const topics = async () => (await listNotices(sekisho.ground.world)).records.map(({ topic }) => topic);

/** Signed in with both factors. */
async function arriveFresh(path: string) {
  await signIn();
  return me.prove(await me.visit(path));
}

describe('the check', () => {
  it('asks for the missing factor alone, and comes back', async () => {
    await addPerson(sekisho, ['app-1']);
    await signIn();
    const asked = await me.visit('/account/factors/app-1');
    expect(asked.html).toContain('name="step" value="totp"');
    const page = await me.prove(asked);
    expect(page.url.pathname).toBe('/account/factors/app-1');
    expect(page.html).toContain('value="App app-1"');
  });

  it('holds for ten minutes, then both are asked for', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    clock.advance(minutes(10));
    expect((await me.visit('/account/factors/app-1')).url.pathname).toBe('/account/factors/app-1');
    clock.advance(1);
    const asked = await me.visit('/account/factors/app-1');
    expect(asked.html).toContain('name="step" value="password"');
    expect((await me.prove(asked)).url.pathname).toBe('/account/factors/app-1');
  });

  it.each(['', '/remove'])('stands before every change (%s)', async (act) => {
    await addPerson(sekisho, ['app-1']);
    await signIn();
    const page = await me.post(`/account/factors/app-1${act}`, { name: 'renamed' });
    expect(page.url.pathname).toMatch(/^\/login\//);
    expect(await stored('app-1')).toMatchObject({ name: 'App app-1' });
  });

  it('stands before new recovery codes', async () => {
    const { id } = await addPerson(sekisho, ['app-1']);
    await signIn();
    expect((await me.post('/account/factors/recovery-codes')).url.pathname).toMatch(/^\/login\//);
    expect(await stored(`${id}:recovery-codes`)).toBeUndefined();
  });
});

describe('a factor', () => {
  it('is given a name, trimmed and without what cannot be seen', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    const page = await me.post('/account/factors/app-1', { name: '  研究室の\u202e端末 ' });
    expect(page.url.pathname).toBe('/account/factors');
    expect(page.html).toContain('名前を変更しました。');
    expect(page.html).toMatch(/研究室の ?端末/);
    const refused = await me.post('/account/factors/app-1', { name: ' \u200b ' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('名前を入力してください。');
  });

  it('prints its name as text', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    expect((await me.post('/account/factors/app-1', { name: '<b>x' })).html).toContain('&lt;b&gt;x');
  });

  it('is removed, told by mail and in the activity, and its code opens nothing more', async () => {
    const { id } = await addPerson(sekisho, ['app-1', 'app-2']);
    await arriveFresh('/account/factors/app-2');
    const page = await me.post('/account/factors/app-2/remove');
    expect(page.html).toContain('認証方法を削除しました。');
    expect((await credentialsOf(sekisho.ground.world.store, id)).map((one) => one.id)).toContain('app-1');
    expect(await stored('app-2')).toBeUndefined();
    expect(await topics()).toContain('factor_removed');
    expect((await me.visit('/account/activity')).html).toContain('ワンタイムパスワード(認証アプリ)を削除しました。');
  });

  it('is gone once where the button is pressed in two tabs', async () => {
    await addPerson(sekisho, ['app-1', 'app-2']);
    await arriveFresh('/account/factors/app-2');
    await me.post('/account/factors/app-2/remove');
    const page = await me.post('/account/factors/app-2/remove');
    expect(page.url.href).toBe(`${sekisho.issuer}/account/factors`);
    expect((await topics()).filter((topic) => topic === 'factor_removed')).toHaveLength(1);
  });

  it('that a service needs as the last one stays, and the page says which service and what to do', async () => {
    await addPerson(sekisho, ['app-1']);
    await openService(sekisho, { name: { ja: '成績', en: 'Grades' }, requiredLevel: 'mfa' });
    const page = await arriveFresh('/account/factors/app-1');
    expect(page.html).toContain('成績の利用に必要なため、削除できません。');
    expect(page.html).not.toContain('app-1/remove');
    const refused = await me.post('/account/factors/app-1/remove');
    expect(refused.status).toBe(409);
    expect(await stored('app-1')).toBeDefined();
  });

  it.each(['', '/remove'])('of somebody else is not found, named or removed (%s)', async (act) => {
    await addPerson(sekisho, ['app-1']);
    await addPerson(sekisho, ['their-app'], { loginName: 'a0222222' });
    await arriveFresh('/account/factors/app-1');
    expect((await me.visit('/account/factors/their-app')).status).toBe(404);
    await me.post(`/account/factors/their-app${act}`, { name: 'mine' });
    expect(await stored('their-app')).toMatchObject({ name: 'App their-app' });
  });
});

describe('adding one more', () => {
  async function addApp() {
    const choice = await me.prove(await me.post('/account/factors/add'));
    const shown = await me.send(choice, { choice: 'totp' });
    const key = /data-testid="totp-key">([A-Z2-7 ]+)</.exec(shown.html)?.[1] ?? '';
    return me.send(shown, { code: authenticatorApp(key).codeAt(clock.now()), name: 'New phone' });
  }

  it('goes through the check and the steps of every login, and comes back', async () => {
    const { id } = await addPerson(sekisho, ['app-1']);
    await signIn();
    const page = await addApp();
    expect(page.url.pathname).toBe('/account/factors');
    expect(page.html).toContain('認証方法を追加しました。');
    expect(page.html).toContain('New phone');
    const held = await credentialsOf(sekisho.ground.world.store, id);
    expect(held.filter(({ kind }) => kind === 'totp')).toHaveLength(2);
    expect(await topics()).toContain('factor_added');
  });

  it('asks nothing again of somebody who has just shown both', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    expect((await me.post('/account/factors/add')).html).toContain('name="step" value="enrol-factor"');
  });

  it('asks again of somebody who did so a while ago', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    clock.advance(minutes(5) + 1);
    expect((await me.post('/account/factors/add')).html).toContain('name="step" value="password"');
  });

  it('sets up the first one within the window, with recovery codes', async () => {
    await addPerson(sekisho, [], { account: { activation: { at: clock.now(), handed: 'in-person' } } });
    await signIn();
    const codes = await addApp();
    expect(headingOf(codes)).toContain('リカバリーコード');
    const page = await me.send(codes, { choice: 'kept' });
    expect(page.url.pathname).toBe('/account/factors');
    expect(page.html).toContain('残り10個');
  });

  it('is closed to whoever has nothing but the password, outside the window', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    const page = await me.prove(await me.post('/account/factors/add'));
    expect(page.status).toBe(403);
    expect(page.html).toContain('本人確認書類');
    expect(await credentialsOf(sekisho.ground.world.store, id)).toHaveLength(1);
  });
});

describe('recovery codes', () => {
  const codesOn = ({ html }: Page) => html.match(/<li><code>[^<]+/g) ?? [];
  const make = () => me.post('/account/factors/recovery-codes');

  it('are shown after a redirect, the same at each reload until they are kept, and those before are good no more', async () => {
    const { id } = await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    const first = await make();
    expect(first.url.pathname).toBe('/account/factors/recovery-codes');
    expect(codesOn(first)).toHaveLength(10);
    expect(first.headers.get('cache-control')).toBe('no-store');
    const before = await stored(`${id}:recovery-codes`);
    expect(codesOn(await me.visit('/account/factors/recovery-codes?lang=en'))).toEqual(codesOn(first));
    expect(await stored(`${id}:recovery-codes`)).toEqual(before);
    const second = await make();
    expect(codesOn(second)).not.toEqual(codesOn(first));
    expect(await stored(`${id}:recovery-codes`)).not.toEqual(before);
    expect((await me.send(second, {})).url.pathname).toBe('/account/factors');
    expect((await me.visit('/account/factors/recovery-codes')).url.pathname).toBe('/account/factors');
    expect(await topics()).toContain('recovery_codes_renewed');
  });

  it('are shown in no other session, for no longer than ten minutes, and not when they are gone', async () => {
    await addPerson(sekisho, ['app-1']);
    await arriveFresh('/account/factors/app-1');
    const first = await make();
    clock.advance(30_000);
    const other = ownPages(sekisho, clock);
    const seen = await other.prove(await other.visit('/account/factors/app-1'));
    expect(headingOf(seen)).toContain('ワンタイムパスワード');
    expect((await other.visit('/account/factors/recovery-codes')).url.pathname).toBe('/account/factors');
    expect(codesOn(await me.visit('/account/factors/recovery-codes'))).toEqual(codesOn(first));
    clock.advance(minutes(10));
    const late = await me.prove(await me.visit('/account/factors/recovery-codes'));
    expect(codesOn(late)).toEqual([]);
  });
});
