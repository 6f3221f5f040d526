/** A login with an authenticator app, as a service and a browser without scripts see it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import { insert } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Asked, ask, openService } from './enter.ts';

const mfa = 'https://refeds.org/profile/mfa';
const app = authenticatorApp(sampleSecret);

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  party = await openService(sekisho, { requiredLevel: 'mfa' });
});
afterEach(() => sekisho.close());

/** What happens when a page is sent with these fields. */
const send = (browser: CookieBrowser, page: Page | undefined, typed: Readonly<Record<string, string>>) => {
  if (!page) throw new Error('there is no page');
  return submit(browser, sekisho.issuer, page, typed);
};

/** From the service over the password to the page after it. */
async function arrive(browser = new CookieBrowser()): Promise<Asked & { readonly browser: CookieBrowser }> {
  const { begun, page } = await ask(sekisho, party, browser);
  return { begun, browser, ...(await send(browser, page, { username: 'a0123456', password: goodPassword })) };
}

async function holdApp(): Promise<void> {
  const { world, masterKey } = sekisho.ground;
  const { id } = await sekisho.addAccount();
  await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
}

describe('a login at a service that requires a second factor', () => {
  it('asks for the code, and tells the service what was proven', async () => {
    await holdApp();
    const { begun, page, browser } = await arrive();
    expect(page?.html).toMatch(/<input[^>]* name="code"[^>]* inputmode="numeric"[^>]* autocomplete="one-time-code"/);
    expect(page?.html).toContain('library の利用には、多要素認証が必要です。');
    const { left } = await send(browser, page, { code: app.codeAt(clock.now()) });
    const claims = (await exchange(party, left as URL, begun)).claims();
    expect(claims).toMatchObject({ acr: mfa, amr: ['pwd', 'otp', 'mfa'], auth_time: clock.now() / 1000 });
  });

  it('takes a code that was pasted in full-width digits, after one that was wrong', async () => {
    await holdApp();
    const { page, browser } = await arrive();
    const { page: again } = await send(browser, page, { code: '１２３４５６' });
    expect(again).toMatchObject({ status: 422, html: expect.stringContaining('認証コードが正しくありません。') });
    expect(again?.html).not.toContain('１２３４５６');
    const wide = [...app.codeAt(clock.now())].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect((await send(browser, again, { code: ` ${wide.join('')} ` })).left?.searchParams.has('code')).toBe(true);
  });

  it('lets one in of twenty who give the same code at the same moment', async () => {
    await holdApp();
    const visits = await Promise.all(Array.from({ length: 20 }, () => arrive()));
    const code = app.codeAt(clock.now());
    const ends = await Promise.all(visits.map(({ browser, page }) => send(browser, page, { code })));
    expect(ends.filter(({ left }) => left?.searchParams.has('code'))).toHaveLength(1);
  });

  it('tells who comes with a code that was used what to wait for', async () => {
    await holdApp();
    const [first, second] = [await arrive(), await arrive()];
    const code = app.codeAt(clock.now());
    await send(first.browser, first.page, { code });
    const { page } = await send(second.browser, second.page, { code });
    expect(page).toMatchObject({ status: 422, html: expect.stringContaining('すでに使われています') });
    clock.advance(30_000);
    const { left } = await send(second.browser, page, { code: app.codeAt(clock.now()) });
    expect(left?.searchParams.has('code')).toBe(true);
  });

  it('says how long to wait after too many wrong codes, and takes the right one after that', async () => {
    await holdApp();
    const { page, browser } = await arrive();
    const wrong = app.codeAt(clock.now()) === '000000' ? '111111' : '000000';
    let at = page;
    for (let i = 0; i < 6; i += 1) at = (await send(browser, at, { code: wrong })).page;
    expect(at?.status).toBe(429);
    expect(at?.headers.get('retry-after')).toBe('5');
    expect(at?.html).toContain('5秒ほど待ってから');
    clock.advance(5_000);
    expect((await send(browser, at, { code: app.codeAt(clock.now()) })).left?.searchParams.has('code')).toBe(true);
  });

  it('lets the owner in where they gave a code before, while somebody with the stolen password keeps guessing', async () => {
    await holdApp();
    const owner = await arrive();
    await send(owner.browser, owner.page, { code: app.codeAt(clock.now()) });
    // A browser in which the password was right, without a code: it is known to the account, and has no tries of its own.
    const thief = new CookieBrowser();
    const portal = await thief.visit(`${sekisho.issuer}/login`);
    await send(thief, portal, { username: 'a0123456', password: goodPassword });
    let { page } = await ask(sekisho, party, thief);
    while (Number(page?.headers.get('retry-after')) < 60) {
      clock.advance(Number(page?.headers.get('retry-after')) * 1000);
      const wrong = app.codeAt(clock.now()) === '000000' ? '111111' : '000000';
      page = (await send(thief, page, { code: wrong })).page;
    }
    expect(await send(thief, page, { code: app.codeAt(clock.now()) })).toMatchObject({ page: { status: 429 } });
    const back = await ask(sekisho, party, owner.browser, { prompt: 'login' });
    const next = await send(owner.browser, back.page, { username: 'a0123456', password: goodPassword });
    const { left } = await send(owner.browser, next.page, { code: app.codeAt(clock.now()) });
    expect(left?.searchParams.has('code')).toBe(true);
  });
});

describe('setting up an authenticator app in the middle of a login', () => {
  it('shows QR code, link and key, and goes on to the service with what was set up', async () => {
    await sekisho.addAccount({ account: { activation: { at: clock.now(), handed: 'in-person' } } });
    const { begun, page, browser } = await arrive();
    const { page: set } = await send(browser, page, { choice: 'totp' });
    const key = /data-testid="totp-key">([A-Z2-7 ]+)</.exec(set?.html ?? '')?.[1] ?? '';
    expect(set?.html).toContain(`href="otpauth://totp/%E4%BA%AC%E5%A4%A7:a0123456?secret=${key.replaceAll(' ', '')}`);
    expect(set?.html).toMatch(/<svg class="qr-code"[^>]*>.*<path d="M4 4h7v1H4z/);
    const phone = authenticatorApp(key);
    const { page: codes } = await send(browser, set, { code: phone.codeAt(clock.now()), name: 'iPhone' });
    expect(codes?.html).toContain('リカバリーコード');
    const { left } = await send(browser, codes, { choice: 'kept' });
    const claims = (await exchange(party, left as URL, begun)).claims();
    expect(claims).toMatchObject({ acr: mfa, amr: ['pwd', 'otp', 'mfa'] });

    // What the app knows stands in no log.
    const bare = key.replaceAll(' ', '');
    expect(sekisho.log.join('\n')).not.toContain(bare);
    const next = await arrive();
    expect(next.page?.html).toContain('認証アプリに表示されている6桁の認証コード');
    clock.advance(30_000);
    const done = await send(next.browser, next.page, { code: phone.codeAt(clock.now()) });
    expect(done.left?.searchParams.has('code')).toBe(true);
  });
});
