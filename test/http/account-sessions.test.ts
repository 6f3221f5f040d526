/** /account/sessions: where somebody is signed in, ended one by one or all but this one. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import { planTrust, trustedBrowsersOf } from '../../src/core/credentials/trusted-browser.ts';
import { sessionsOf } from '../../src/core/sessions/keep.ts';
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
const cookie = (pages = me) => pages.browser.cookies(sekisho.issuer).get('sekisho-session');

describe('the sessions', () => {
  const phone = () => {
    const pages = ownPages(sekisho, clock);
    pages.browser.headers['user-agent'] = 'Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1';
    return pages;
  };

  it('are shown in words, the present one first, with the services that were entered', async () => {
    await addPerson(sekisho);
    const service = await openService(sekisho, { name: { ja: '図書館', en: 'Library' } });
    me.browser.headers['user-agent'] = 'Mozilla/5.0 (Windows NT 10.0) Chrome/130.0';
    await enter(sekisho, service, {}, me.browser);
    const other = phone();
    await signIn(other);
    const { html } = await me.visit('/account/sessions');
    const devices = [...html.matchAll(/own-name">([^<]+)/g)].map(([, words = '']) => words.trim());
    expect(devices).toEqual(['Chrome / Windows', 'Safari / iPhone']);
    expect(html).toContain('図書館');
    expect(html.match(/この端末<\/span>/g)).toHaveLength(1);
    expect(html).not.toContain(cookie());
  });

  it('end one by one', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    const other = phone();
    await signIn(other);
    const theirs = (await sessionsOf(sekisho.ground.world, id)).find(({ device }) =>
      device.userAgent.includes('iPhone'),
    );
    const page = await me.post('/account/sessions', { session: theirs?.id ?? '' });
    expect(page.html).toContain('ログアウトしました。');
    expect((await other.visit('/account')).url.pathname).toMatch(/^\/login/);
    expect((await me.visit('/account')).url.pathname).toBe('/account');
  });

  it('end all but the present one', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    for (const pages of [phone(), phone()]) await signIn(pages);
    await me.post('/account/sessions/others');
    expect(await sessionsOf(sekisho.ground.world, id)).toHaveLength(1);
    expect((await me.visit('/account')).url.pathname).toBe('/account');
  });

  it('end here like a log-out', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    const [session] = await sessionsOf(sekisho.ground.world, id);
    const page = await me.post('/account/sessions', { session: session?.id ?? '' });
    expect(page.url.pathname).toBe('/logout/done');
    expect(cookie()).toBeUndefined();
  });

  it('of somebody else do not end', async () => {
    await addPerson(sekisho);
    const { id } = await addPerson(sekisho, [], { loginName: 'a0222222' });
    await signIn();
    const theirs = ownPages(sekisho, clock, 'a0222222');
    await signIn(theirs);
    const [session] = await sessionsOf(sekisho.ground.world, id);
    await me.post('/account/sessions', { session: session?.id ?? '' });
    expect((await theirs.visit('/account')).url.pathname).toBe('/account');
  });
});

describe('a trusted browser', () => {
  const trust = async (accountId: string) => {
    const { world } = sekisho.ground;
    const device = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', address: '192.0.2.9' };
    const { writes } = planTrust(world, { kind: 'system' }, { accountId, device }, days(7));
    await world.store.commit(writes);
  };
  const browserIn = (html: string) => /name="browser" value="([^"]+)"/.exec(html)?.[1] ?? '';

  it('is shown with its end, and is trusted no more when its owner says so', async () => {
    const { id } = await addPerson(sekisho);
    await signIn();
    await trust(id);
    const { html } = await me.visit('/account/sessions');
    expect(html).toContain('Firefox / Linux');
    const page = await me.post('/account/sessions/trust', { browser: browserIn(html) });
    expect(page.html).toContain('このブラウザの信頼をやめました。');
    expect(await trustedBrowsersOf(sekisho.ground.world.store, id)).toEqual([]);
  });

  it('of somebody else stays trusted', async () => {
    await addPerson(sekisho);
    const { id } = await addPerson(sekisho, [], { loginName: 'a0222222' });
    await trust(id);
    await signIn();
    expect((await me.visit('/account/sessions')).html).not.toContain('Firefox');
    const [browser] = await trustedBrowsersOf(sekisho.ground.world.store, id);
    await me.post('/account/sessions/trust', { browser: browser?.id ?? '' });
    expect(await trustedBrowsersOf(sekisho.ground.world.store, id)).toHaveLength(1);
  });
});
