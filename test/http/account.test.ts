/** A person looks after their own account: who gets in, and what is missing there. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../src/base/duration.ts';
import { accounts } from '../../src/core/people/account.ts';
import { openAttempt } from '../../src/login/attempt.ts';
import { portalRequest } from '../../src/login/request.ts';
import { replace } from '../../src/store/port.ts';
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

describe('the way to one’s own pages', () => {
  it.each(['/account', '/account/factors', '/account/sessions', '/account/activity', '/account/password'])(
    'leads a stranger through the login and back: %s',
    async (path) => {
      await addPerson(sekisho);
      const asked = await me.visit(path);
      expect(asked.url.pathname).toMatch(/^\/login\//);
      const page = await me.prove(asked);
      expect(page.url.pathname).toBe(path);
      expect(page.status).toBe(200);
      expect(page.headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each(['/account//evil.example', '/account/factors/%2F%2Fevil.example', '/account/factors/..%2F..%2Fhelp'])(
    'never leads elsewhere: %s',
    async (path) => {
      await addPerson(sekisho);
      await signIn();
      clock.advance(minutes(20));
      const asked = await me.visit(path);
      const page = await me.prove(asked);
      expect(page.url.origin).toBe(sekisho.issuer);
      expect(page.status).toBe(404);
    },
  );

  it('goes back to the overview where somebody gives up the check', async () => {
    await addPerson(sekisho, ['app-1']);
    await signIn();
    const asked = await me.visit('/account/password');
    const cancel = /<p class="cancel"><a href="([^"]+)"/.exec(asked.html)?.[1] ?? '';
    expect((await me.visit(cancel)).url.pathname).toBe('/account');
  });

  it('is in the header of whoever is signed in', async () => {
    await addPerson(sekisho);
    expect((await me.visit('/')).html).not.toContain('href="/account"');
    expect((await signIn()).html).toContain('href="/account"');
  });
});

describe('a form on them', () => {
  it.each([
    '/account/factors/add',
    '/account/factors/recovery-codes',
    '/account/factors/app-1',
    '/account/factors/app-1/remove',
    '/account/sessions',
    '/account/sessions/others',
    '/account/sessions/trust',
    '/account/password',
  ])('is not taken from another site: %s', async (path) => {
    await addPerson(sekisho, ['app-1']);
    await signIn();
    const page = await me.post(path, { csrf: 'made elsewhere', name: 'x', session: 'x' });
    expect(page.status).toBe(403);
  });

  it('says what was done from a closed list only', async () => {
    await addPerson(sekisho);
    await signIn();
    expect((await me.visit('/account?deed=removed')).html).toContain('認証方法を削除しました。');
    expect((await me.visit('/account?deed=%3Cb%3E')).html).not.toContain('class="deed"');
  });
});

describe('the overview', () => {
  it('warns who has no second factor, with the services that need one and the day until which it can be set up', async () => {
    const { id } = await addPerson(sekisho, [], { account: { activation: { at: clock.now(), handed: 'in-person' } } });
    await openService(sekisho, { name: { ja: '成績', en: 'Grades' }, requiredLevel: 'mfa' });
    await openService(sekisho, {
      id: 'other',
      name: { ja: '教員室', en: 'Staff' },
      requiredLevel: 'mfa',
      audience: { roles: ['staff'] },
    });
    const { html } = await me.prove(await me.visit('/account'));
    expect(id).not.toBe('');
    expect(html).toContain('成績の利用には、多要素認証が必要です。');
    expect(html).not.toContain('教員室');
    expect(html).toMatch(/\d+年\d+月\d+日\(.\)までは、窓口に行かずに設定できます。/);
  });

  it('names the desk once that day has passed', async () => {
    await addPerson(sekisho, [], { account: { activation: { at: clock.now() - days(15), handed: 'in-person' } } });
    const { html } = await me.prove(await me.visit('/account'));
    expect(html).toContain('本人確認書類');
    expect(html).not.toContain('多要素認証を設定する');
  });
});

describe('a login to one’s own pages that is refused', () => {
  it('says why where the account was stopped at this moment, and does not end on the start page', async () => {
    const account = await addPerson(sekisho);
    await signIn();
    // Between the reading of the session and its end.
    await sekisho.ground.world.store.commit([replace(accounts, { ...account, state: 'suspended' })]);
    for (const path of ['/login', '/account/factors']) {
      const page = await me.visit(path);
      expect(page.url.pathname).toMatch(/^\/login\/./);
      expect(page.status).toBe(403);
      expect(headingOf(page)).toBe('このアカウントは停止しています');
    }
  });

  it('says so where nothing that the account could use would be enough', async () => {
    await addPerson(sekisho);
    await signIn();
    const { world } = sekisho.ground;
    const browserToken = me.browser.cookies(sekisho.issuer).get('sekisho-browser') ?? '';
    const handle = 'h'.repeat(43);
    const request = {
      ...portalRequest,
      demand: { acceptable: ['aal2'], essential: true },
      returnTo: '/account',
    } as const;
    await openAttempt(world, minutes(30), handle, browserToken, request);
    const page = await me.visit(`/login/${handle}`);
    expect(page.status).toBe(403);
    expect(headingOf(page)).toBe('この画面を開くために必要な認証ができません');
    expect(page.html).toContain('学術情報メディアセンター');
    expect(page.html).not.toContain('/return"');
  });

  it('leads to the start page whoever declined it themselves', async () => {
    const login = await me.visit('/login');
    expect((await me.visit(`${login.url.pathname}/cancel`)).url.pathname).toBe('/');
  });
});
