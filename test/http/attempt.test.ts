/** A login in progress belongs to the browser that began it, and takes each answer once, in its turn. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { consents } from '../../src/core/consents/consent.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { words } from '../../src/i18n/words.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { beginRequest, follow, formOf, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';

const right = { username: 'a0123456', password: goodPassword };

let sekisho: TestSekisho;
let party: Party;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addConnection({ id: 'library' });
  party = await openParty(sekisho, 'library');
});
afterEach(() => sekisho.close());

async function openLogin(browser: CookieBrowser, parameters: Record<string, string> = {}): Promise<Page> {
  const { url } = await beginRequest(party, parameters);
  const { page } = await follow(browser, sekisho.issuer, url);
  if (!page) throw new Error('no login page');
  return page;
}

/** Whether this browser is signed in: the portal greets it by name. */
const isSignedIn = async (browser: CookieBrowser) =>
  (await browser.visit(`${sekisho.issuer}/`)).html.includes('京都 花子');

const submitAs = (browser: CookieBrowser, page: Page, fields: Record<string, string>) => {
  const form = formOf(page);
  for (const [name, value] of Object.entries(fields)) form.fields.set(name, value);
  return browser.send(new URL(form.action, sekisho.issuer), { method: 'POST', body: form.fields });
};

describe('a post from another site', () => {
  it.each([
    ['without a token', ''],
    ['with a made-up token', 'abc.def'],
  ])('is refused %s, and the password is not even looked at', async (_what, csrf) => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const answer = await submitAs(browser, page, { ...right, csrf });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('画面の有効時間が過ぎました');
    expect(await isSignedIn(browser)).toBe(false);
    expect((await submit(browser, sekisho.issuer, page, right)).left?.host).toBe('library.example');
  });

  it.each(['/login/x', '/logout'])('is given no cookie that would end the logins begun here (%s)', async (path) => {
    // Lax cookies stay at home when another site posts.
    const body = new URLSearchParams({ csrf: 'abc.def' });
    const answer = await fetch(sekisho.issuer + path, { method: 'POST', body });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('is refused with the token of another browser', async () => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const attackers = formOf(await openLogin(new CookieBrowser())).fields.get('csrf') ?? '';
    expect((await submitAs(browser, page, { ...right, csrf: attackers })).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is refused at the log-out', async () => {
    await sekisho.addAccount();
    const { browser } = await logIn(sekisho, party);
    const answer = await browser.send(`${sekisho.issuer}/logout`, { method: 'POST', body: new URLSearchParams() });
    expect(answer.status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('is refused where the body is no form', async () => {
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const { action, fields } = formOf(page);
    const answer = await browser.send(new URL(action, sekisho.issuer), {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: fields.toString(),
    });
    expect(answer.status).toBe(400);
  });
});

describe('a login that another browser began', () => {
  it.each(['GET', 'POST'])('cannot be gone on with (%s)', async (method) => {
    await sekisho.addAccount();
    const attacker = new CookieBrowser();
    const page = await openLogin(attacker);
    const victim = new CookieBrowser();
    const own = await openLogin(victim);
    const form = formOf(page).fields;
    form.set('csrf', formOf(own).fields.get('csrf') ?? '');
    for (const [name, value] of Object.entries(right)) form.set(name, value);

    const answer = await victim.send(page.url, method === 'GET' ? {} : { method, body: form });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('このログインは別のブラウザで始められています');
    expect(await isSignedIn(victim)).toBe(false);
    expect(await isSignedIn(attacker)).toBe(false);
  });

  it('cannot be called off or returned from either', async () => {
    const page = await openLogin(new CookieBrowser());
    for (const way of ['cancel', 'return']) {
      expect((await new CookieBrowser().send(`${page.url.href}/${way}`)).status).toBe(403);
    }
  });

  it('cannot be resumed in a browser that does not hold its cookies', async () => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const answer = await submitAs(browser, page, right);
    const resume = new URL(answer.headers.get('location') ?? '', sekisho.issuer);
    const stolen = await new CookieBrowser().send(resume);
    expect(stolen.status).toBe(400);
    expect(stolen.headers.get('location')).toBeNull();
    expect((await follow(browser, sekisho.issuer, resume)).left?.searchParams.get('code')).toBeTruthy();
  });
});

describe('an answer that comes again', () => {
  it('begins one session for twenty presses of the button', async () => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const answers = await Promise.all(Array.from({ length: 20 }, () => submitAs(browser, page, right)));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const tokens = answers.flatMap(({ headers }) =>
      headers.getSetCookie().flatMap((cookie) => /^sekisho-session=([^;]+)/.exec(cookie)?.[1] ?? []),
    );
    const { world } = sekisho.ground;
    // More than one where the same password came once more after the end: only the last of them is good (pressed-twice).
    const found = await Promise.all(tokens.map((token) => sessionByToken(world, token)));
    expect(found.filter((session) => session !== undefined)).toHaveLength(1);
    expect(await world.store.count(sessions, { index: 'byAccount' })).toBe(1);
  });

  it('leads on to the service after the login is over, and gives no second code', async () => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    await submit(browser, sekisho.issuer, page, right);
    const again = await submit(browser, sekisho.issuer, page, right);
    expect(again.left).toBeUndefined();
    expect(again.page?.status).toBe(200);
    expect(again.page?.html).toContain(words('ja').returning.heading('library'));
    expect(again.page?.html).not.toContain('code=');
  });

  it('signs nobody in when a wrong password follows the right one', async () => {
    await sekisho.addAccount();
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    await submit(browser, sekisho.issuer, page, right);
    const token = browser.cookies(sekisho.issuer).get('sekisho-session');
    await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: 'Other7gawaTobi' });
    expect(browser.cookies(sekisho.issuer).get('sekisho-session')).toBe(token);
  });
});

describe('a second tab', () => {
  it('is shown where the login stands, and repeats nothing', async () => {
    await sekisho.addAccount({ hasAcceptedTerms: false });
    const browser = new CookieBrowser();
    const tab = await openLogin(browser);
    const terms = await submit(browser, sekisho.issuer, tab, right);
    expect(terms.page?.html).toContain('全学アカウントの利用にあたって');

    const stale = await submit(browser, sekisho.issuer, tab, { username: 'a0123456', password: 'Wrong7gawaTobi' });
    expect(stale.page?.status).toBe(200);
    expect(stale.page?.html).toContain('全学アカウントの利用にあたって');
  });

  it('cannot answer a turn that has gone by', async () => {
    await sekisho.addAccount({ hasAcceptedTerms: false });
    const browser = new CookieBrowser();
    const tab = await openLogin(browser);
    const { page: terms } = await submit(browser, sekisho.issuer, tab, right);
    if (!terms) throw new Error('no terms');
    const turn = Number(formOf(terms).fields.get('turn'));
    for (const wrong of [turn - 1, turn + 1, Number.NaN]) {
      const answer = await submitAs(browser, terms, { turn: String(wrong), choice: 'accept' });
      expect(answer.headers.get('location')).toBe(tab.url.pathname);
    }
    expect(await isSignedIn(browser)).toBe(false);
    expect((await submit(browser, sekisho.issuer, terms, { choice: 'accept' })).left?.host).toBe('library.example');
  });

  it('cannot accept the terms for somebody else who has signed in since', async () => {
    await sekisho.addAccount();
    const other = await sekisho.addAccount({ loginName: 'a0222222' });
    const browser = new CookieBrowser();
    await logIn(sekisho, party, browser);
    await forgetTerms('a0123456');
    const terms = await openLogin(browser);
    expect(formOf(terms).fields.get('step')).toBe('accept-terms');
    const portal = await browser.visit(`${sekisho.issuer}/logout`);
    await submit(browser, sekisho.issuer, portal, { logout: 'yes' });
    await logIn(sekisho, party, browser, { loginName: 'a0222222' });
    await forgetTerms('a0222222');
    await submit(browser, sekisho.issuer, terms, { choice: 'accept' });
    expect((await sekisho.ground.world.store.get(accounts, other.id))?.acceptedTerms?.version).toBe('older');
  });
});

/** As if the terms had changed since the person accepted them. */
async function forgetTerms(loginName: string): Promise<void> {
  const { store } = sekisho.ground.world;
  const account = await accountByLoginName(store, loginName);
  if (!account) throw new Error('no account');
  await store.commit([replace(accounts, { ...account, acceptedTerms: { version: 'older', at: 0 } })]);
}

describe('a step', () => {
  it.each([
    ['accept-terms', 'accept'],
    ['release', 'allow'],
    ['choose-account', 'other'],
  ])('cannot be skipped to: %s at the password leads back to the password', async (step, choice) => {
    const account = await sekisho.addAccount({ hasAcceptedTerms: false });
    const browser = new CookieBrowser();
    const page = await openLogin(browser);
    const answer = await submit(browser, sekisho.issuer, page, { step, choice });
    expect(answer.page?.html).toContain('name="password"');
    expect(await isSignedIn(browser)).toBe(false);
    const { store } = sekisho.ground.world;
    expect((await store.get(accounts, account.id))?.acceptedTerms).toBeUndefined();
    expect(await store.get(consents, `${account.id}:library`)).toBeUndefined();
  });

  it.each(['', 'yes', 'ALLOW'])('takes no answer that was not offered (%p)', async (choice) => {
    const account = await sekisho.addAccount({ hasAcceptedTerms: false });
    const browser = new CookieBrowser();
    const terms = await submit(browser, sekisho.issuer, await openLogin(browser), right);
    if (!terms.page) throw new Error('no terms');
    const answer = await submit(browser, sekisho.issuer, terms.page, { choice });
    expect(answer.page?.status).toBe(422);
    expect((await sekisho.ground.world.store.get(accounts, account.id))?.acceptedTerms).toBeUndefined();
  });

  it('lets nobody choose an account that was not shown', async () => {
    const other = await sekisho.addAccount({ loginName: 'a0999999', entry: { studentNumber: '2' } });
    await sekisho.addAccount();
    const { browser } = await logIn(sekisho, party);
    const page = await openLogin(browser, { prompt: 'select_account' });
    const answer = await submit(browser, sekisho.issuer, page, { choice: other.id });
    expect(answer.left).toBeUndefined();
    expect(answer.page?.status).toBe(422);
  });
});

describe('an address of a login', () => {
  it.each(['A'.repeat(43), 'x', '%00', '..%2f..%2fetc', "'%20OR%20'1'='1"])(
    'that leads to none says so (%s)',
    async (handle) => {
      const answer = await new CookieBrowser().send(`${sekisho.issuer}/login/${handle}`);
      expect(answer.status).toBe(410);
    },
  );
});
