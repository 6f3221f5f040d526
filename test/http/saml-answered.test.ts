/** A request is answered once, in the browser that brought it, and as things stand at that moment. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { formOf } from '../support/form-of.ts';
import { submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, ask, detailOn, enter, handWritten, responseIn, statusIn } from './saml-party.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let requests: number;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  requests = 0;
  await addSamlConnection(sekisho);
  await sekisho.addAccount();
});
afterEach(() => sekisho.close());

const isAsked = (page: Page | undefined) => page?.url.pathname.startsWith('/login/');

describe('a request that was answered', () => {
  it('is not answered again, in this browser or another, and leads back to the service', async () => {
    const browser = new CookieBrowser();
    const url = handWritten(sekisho, { at: clock.now(), id: '_once' });
    expect(statusIn(await enter(sekisho, url, browser))).toEqual(['Success']);
    const again = await ask(sekisho, url, browser);
    expect(again?.status).toBe(409);
    expect(detailOn(again)).toContain('replayed');
    expect(again?.html).toContain('href="https://kumoi.example/"');
    await expect(enter(sekisho, url, new CookieBrowser())).rejects.toThrow('replayed');
  });

  it('stands for itself: another service may use the same id', async () => {
    const browser = new CookieBrowser();
    await addSamlConnection(sekisho, { id: 'other' });
    const id = '_same';
    await enter(sekisho, handWritten(sekisho, { at: clock.now(), id }), browser);
    const issuer = 'https://other.example/metadata';
    expect(statusIn(await enter(sekisho, handWritten(sekisho, { at: clock.now(), id, issuer }), browser))).toEqual([
      'Success',
    ]);
  });

  it('is answered once when it comes twice at the same moment', async () => {
    const browser = new CookieBrowser();
    await enter(sekisho, handWritten(sekisho, { at: clock.now(), id: '_before' }), browser);
    const url = handWritten(sekisho, { at: clock.now(), id: '_twice' });
    const pages = await Promise.all([
      ask(sekisho, url, browser),
      ask(sekisho, url, browser),
      ask(sekisho, url, browser),
    ]);
    expect(pages.map((page) => page?.status).sort()).toEqual([200, 409, 409]);
  });
});

describe('what changes while somebody types', () => {
  async function change(saml: object, rest: object = {}): Promise<void> {
    const { store } = sekisho.ground.world;
    const connection = await store.get(connections, 'moving');
    if (!connection?.saml) throw new Error('there is no such connection');
    await store.commit([replace(connections, { ...connection, ...rest, saml: { ...connection.saml, ...saml } })]);
  }
  const moving = { id: 'moving' } as const;
  const url = () =>
    handWritten(sekisho, { at: clock.now(), id: `_m${++requests}`, issuer: 'https://moving.example/metadata' });

  it('counts: a place that was taken away, a service that was suspended', async () => {
    await addSamlConnection(sekisho, moving);
    const browser = new CookieBrowser();
    const login = await ask(sekisho, url(), browser);
    expect(isAsked(login)).toBe(true);
    await change({ consumers: [{ url: 'https://moving.example/new', binding: 'post', index: 0 }] });
    await expect(finish(login, browser)).resolves.toContain('consumer_unknown');
    const second = await ask(sekisho, url(), browser);
    expect(statusIn(responseIn(second))).toEqual(['Success']);
    await change({}, { state: 'suspended' });
    expect(detailOn(await ask(sekisho, url(), browser))).toContain('sender_suspended');
  });

  async function finish(login: Page | undefined, browser: CookieBrowser): Promise<string | undefined> {
    if (!login) throw new Error('there is no login page');
    const typed = { username: 'a0123456', password: goodPassword };
    return detailOn((await submit(browser, sekisho.issuer, login, typed)).page);
  }
});

describe('the handle of a login', () => {
  it('opens nothing in another browser', async () => {
    const mine = new CookieBrowser();
    const login = await ask(sekisho, currentRequest(), mine);
    const handle = login?.url.pathname.split('/')[2] ?? '';
    const theirs = await ask(sekisho, `${sekisho.issuer}/saml/continue/${handle}`, new CookieBrowser());
    expect(theirs?.status).toBe(403);
  });

  it('leads back to the login while that is not done, and nowhere where there is none', async () => {
    const mine = new CookieBrowser();
    const login = await ask(sekisho, currentRequest(), mine);
    const handle = login?.url.pathname.split('/')[2] ?? '';
    const back = await ask(sekisho, `${sekisho.issuer}/saml/continue/${handle}`, mine);
    expect(back?.url.pathname).toBe(`/login/${handle}`);
    expect((await ask(sekisho, `${sekisho.issuer}/saml/continue/none`, mine))?.status).toBe(410);
  });

  it('is not used up by whoever only looks whether its address is good', async () => {
    const mine = new CookieBrowser();
    const login = await ask(sekisho, currentRequest(), mine);
    const { action, fields } = formOf(login ?? { html: '' });
    fields.set('username', 'a0123456');
    fields.set('password', goodPassword);
    const granted = await mine.send(new URL(action, sekisho.issuer), { method: 'POST', body: fields });
    const goOn = new URL(granted.headers.get('location') ?? '', sekisho.issuer);
    expect((await mine.send(goOn, { method: 'HEAD' })).status).toBe(405);
    expect(statusIn(responseIn(await ask(sekisho, goOn, mine)))).toEqual(['Success']);
  });

  const currentRequest = () => handWritten(sekisho, { at: clock.now(), id: `_h${++requests}` });
});

describe('a login that was granted', () => {
  const forced = () => {
    requests += 1;
    const attributes = { ForceAuthn: 'true' };
    return handWritten(sekisho, { at: clock.now(), id: `_g${requests}`, attributes });
  };

  it('is worth nothing in the session of somebody else, who has signed in meanwhile', async () => {
    await sekisho.addAccount({ loginName: 'a0222222' });
    const theirs = new CookieBrowser();
    await enter(sekisho, forced(), theirs, 'a0222222');
    const mine = new CookieBrowser();
    const login = await ask(sekisho, forced(), mine);
    const { action, fields } = formOf(login ?? { html: '' });
    fields.set('username', 'a0123456');
    fields.set('password', goodPassword);
    const answered = await mine.send(new URL(action, sekisho.issuer), { method: 'POST', body: fields });
    const goOn = new URL(answered.headers.get('location') ?? '', sekisho.issuer);
    expect(goOn.pathname).toMatch(/^\/saml\/continue\//);
    const session = theirs.cookies(sekisho.issuer).get('sekisho-session') ?? '';
    mine.setCookie(sekisho.issuer, 'sekisho-session', session);
    // Who is there now has not proven for this request what it forces.
    expect(isAsked(await ask(sekisho, goOn, mine))).toBe(true);
  });
});
