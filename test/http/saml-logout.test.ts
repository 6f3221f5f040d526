/** Logging out once: whichever side begins, all services hear of it, and the page says what is known of each. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter as enterByOidc, openService } from './enter.ts';
import {
  enterLogging,
  framesOn,
  type LoggingService,
  linkOn,
  openLogging,
  readBy,
  sloOf,
  statesOn,
  statusesIn,
} from './logout-scene.ts';
import { recordsIn } from './records-in.ts';

let key: SigningKey;
beforeAll(async () => {
  key = await newSigner();
});

let sekisho: TestSekisho;
let clock: FakeClock;
let browser: CookieBrowser;
let kumoi: LoggingService;
let moodle: LoggingService;
beforeEach(async () => {
  clock = new FakeClock();
  // node-saml has the clock of this machine.
  clock.advance(Date.now() - clock.now());
  sekisho = await startSekisho({ clock });
  browser = new CookieBrowser();
  await sekisho.addAccount();
  kumoi = await enterLogging(sekisho, 'kumoi', await openLogging(sekisho, 'kumoi', key), browser);
  moodle = await enterLogging(sekisho, 'moodle', await openLogging(sekisho, 'moodle', key), browser);
});
afterEach(() => sekisho.close());

const name = (id: string) => `${id} の名前`;

async function logOutHere(): Promise<Page> {
  const { page } = await submit(browser, sekisho.issuer, await browser.visit(`${sekisho.issuer}/logout`), {});
  if (!page) throw new Error('no page');
  return page;
}

const askedBy = async ({ party, profile }: LoggingService) =>
  follow(browser, sekisho.issuer, await party.getLogoutUrlAsync(profile, 'there', {}));

/** The service reads what it is sent, and answers as its library does. */
async function answered(service: LoggingService, left: URL | undefined, isDone = true) {
  const { profile } = await readBy(service, left);
  if (!profile) throw new Error('no request');
  return follow(browser, sekisho.issuer, await service.party.getLogoutResponseUrlAsync(profile, '', {}, isDone));
}

describe('a log-out at the portal', () => {
  it('leads to a page that lists every service, and claims nothing of them yet', async () => {
    const page = await logOutHere();
    expect(page.url.pathname).toMatch(/^\/logout\/round\/[\w-]{43}$/);
    expect(page.html).toContain('ログアウトしました');
    expect(statesOn(page)).toEqual({ [name('kumoi')]: 'waiting', [name('moodle')]: 'waiting' });
    expect(recordsIn(sekisho, sessions)).toBe(0);
  });

  it('names in the policy of the page the origins of exactly these frames', async () => {
    const policy = (await logOutHere()).headers.get('content-security-policy');
    expect(policy).toContain("frame-src 'self' https://kumoi.example https://moodle.example;");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('goes without a script from service to service, each at its turn, to a page where all have said it', async () => {
    let page: Page | undefined = await logOutHere();
    for (const service of [kumoi, moodle]) {
      const { left } = await follow(browser, sekisho.issuer, linkOn(page, 'logout-next'));
      expect(left?.href.startsWith(`${sloOf(service.id)}?SAMLRequest=`)).toBe(true);
      ({ page } = await answered(service, left));
    }
    expect(statesOn(page)).toEqual({ [name('kumoi')]: 'done', [name('moodle')]: 'done' });
    expect(page?.html).toContain('使ったサービスのすべてからログアウトしました');
  });

  it('tells each service the name and the index that it was told at the login', async () => {
    const page = await logOutHere();
    const { left } = await follow(browser, sekisho.issuer, linkOn(page, 'logout-next'));
    const { profile } = await readBy(kumoi, left);
    const { nameID, nameIDFormat, sessionIndex } = kumoi.profile;
    expect(profile).toMatchObject({ nameID, nameIDFormat, sessionIndex });
  });

  it('tells in frames, of which the answers stand in frames of ours and of nobody else', async () => {
    const page = await logOutHere();
    const [frame = ''] = framesOn(page);
    const told = await browser.send(new URL(frame, sekisho.issuer));
    expect(told.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const answer = await answered(kumoi, new URL(told.headers.get('location') ?? ''));
    expect(answer.page?.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(answer.page?.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(answer.page?.html).not.toContain('<main');
    const now = await browser.visit(page.url);
    expect(statesOn(now)).toEqual({ [name('kumoi')]: 'done', [name('moodle')]: 'waiting' });
  });

  it('says of a service that does not answer that it is not known, and offers to go there', async () => {
    const page = await logOutHere();
    await browser.send(new URL(framesOn(page)[0] ?? '', sekisho.issuer));
    expect(statesOn(await browser.visit(page.url))).toMatchObject({ [name('kumoi')]: 'asked' });
    clock.advance(15_000);
    const late = await browser.visit(page.url);
    expect(statesOn(late)).toMatchObject({ [name('kumoi')]: 'failed' });
    const { left } = await follow(browser, sekisho.issuer, linkOn(late, 'logout-go'));
    const end = await answered(kumoi, left);
    expect(statesOn(end.page)).toMatchObject({ [name('kumoi')]: 'done' });
  });

  it('says of a service that answers with an error that it is not known', async () => {
    const { left } = await follow(browser, sekisho.issuer, linkOn(await logOutHere(), 'logout-next'));
    const { page } = await answered(kumoi, left, false);
    expect(statesOn(page)).toMatchObject({ [name('kumoi')]: 'failed' });
  });

  it('shows its page to the browser in which it was, and to no other', async () => {
    const { url } = await logOutHere();
    expect((await new CookieBrowser().visit(url)).url.pathname).toBe('/logout/done');
    const stranger = await new CookieBrowser().send(`${url}/go/kumoi`);
    expect(stranger.headers.get('location')).toBe('/logout/done');
  });

  it('is the same where the owner ends the present session in the list of them', async () => {
    const list = await browser.visit(`${sekisho.issuer}/account/sessions`);
    const { page } = await submit(browser, sekisho.issuer, list, {});
    expect(statesOn(page)).toEqual({ [name('kumoi')]: 'waiting', [name('moodle')]: 'waiting' });
    expect(recordsIn(sekisho, sessions)).toBe(0);
  });

  it('says of a service that has no way to be told that it has none, to the person and in the audit trail', async () => {
    const none = await openLogging(sekisho, 'none', key, { logout: [] });
    await enterLogging(sekisho, 'none', none, browser);
    expect(statesOn(await logOutHere())).toMatchObject({ [name('none')]: 'untold' });
    const { records } = await sekisho.ground.world.store.find(auditEvents, {
      index: 'byType',
      equals: ['session.untold'],
    });
    expect(records.map(({ facts }) => facts)).toMatchObject([{ services: ['none'] }]);
  });
});

describe('a log-out that a service by SAML asks for', () => {
  it('ends the session, shows the others, and answers Success when all of them have said so', async () => {
    const { page } = await askedBy(kumoi);
    expect(recordsIn(sekisho, sessions)).toBe(0);
    expect(statesOn(page)).toEqual({ [name('kumoi')]: 'asker', [name('moodle')]: 'waiting' });
    const { left } = await follow(browser, sekisho.issuer, linkOn(page, 'logout-next'));
    const done = await answered(moodle, left);
    expect(done.page?.html).toContain('data-goes="');
    const { left: back } = await follow(browser, sekisho.issuer, linkOn(done.page, 'continue'));
    expect(back?.href.startsWith(`${sloOf('kumoi')}?SAMLResponse=`)).toBe(true);
    expect(back?.searchParams.get('RelayState')).toBe('there');
    expect(await readBy(kumoi, back)).toMatchObject({ loggedOut: true });
    expect(statusesIn(back)).toEqual(['Success']);
  });

  it('answers PartialLogout while others have not said so, and stays on the page until the person goes', async () => {
    const { page } = await askedBy(kumoi);
    clock.advance(1);
    expect(page?.html).not.toContain('data-goes="');
    const { left } = await follow(browser, sekisho.issuer, linkOn(page, 'continue'));
    expect(statusesIn(left)).toEqual(['Success', 'PartialLogout']);
  });

  it('answers at once where no other service was entered', async () => {
    const alone = new CookieBrowser();
    const again = await enterLogging(sekisho, 'kumoi', kumoi.party, alone);
    const url = await again.party.getLogoutUrlAsync(again.profile, 'there', {});
    const { left } = await follow(alone, sekisho.issuer, url);
    expect(statusesIn(left)).toEqual(['Success']);
    expect((await alone.visit(sekisho.issuer)).html).not.toContain('京都 花子');
  });

  it('answers where the service takes answers', async () => {
    const elsewhere = {
      binding: 'redirect',
      url: sloOf('other'),
      responseUrl: 'https://other.example/answers',
    } as const;
    const alone = new CookieBrowser();
    const party = await openLogging(sekisho, 'other', key, { logout: [elsewhere] });
    const other = await enterLogging(sekisho, 'other', party, alone);
    const { left } = await follow(alone, sekisho.issuer, await party.getLogoutUrlAsync(other.profile, '', {}));
    expect(left?.pathname).toBe('/answers');
  });

  it('does not end a session that is the person’s in another browser', async () => {
    const elsewhere = new CookieBrowser();
    const there = await enterLogging(sekisho, 'kumoi', kumoi.party, elsewhere);
    await askedBy(kumoi);
    expect(recordsIn(sekisho, sessions)).toBe(1);
    await askedBy(there);
    expect(recordsIn(sekisho, sessions)).toBe(0);
  });
});

describe('a log-out that a service by OpenID Connect asks for', () => {
  it('leads to the page of the round, and from there back to the service', async () => {
    const library = await openService(sekisho);
    const { tokens } = await enterByOidc(sekisho, library, {}, browser);
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://library.example/logged-out',
      state: 'back',
    });
    const asked = await follow(browser, sekisho.issuer, `/oidc/logout?${query}`);
    if (!asked.page) throw new Error('nobody was asked');
    const { page } = await submit(browser, sekisho.issuer, asked.page, { logout: 'yes' });
    expect(statesOn(page)).toEqual({ [name('kumoi')]: 'waiting', [name('moodle')]: 'waiting', library: 'asker' });
    const { left } = await follow(browser, sekisho.issuer, linkOn(page, 'continue'));
    expect(left?.href).toBe('https://library.example/logged-out?state=back');
  });
});

describe('a front-channel frame', () => {
  it('is loaded with issuer and sid, and is never more than sent', async () => {
    const library = await openService(sekisho, {
      oidc: { frontchannelLogoutUri: 'https://library.example/front?a=b' },
    });
    const { tokens } = await enterByOidc(sekisho, library, {}, browser);
    const sid = tokens.claims()?.sid;
    const page = await logOutHere();
    expect(page.headers.get('content-security-policy')).toContain('https://library.example');
    const frame = /<iframe[^>]* src="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const told = await browser.send(new URL(frame, sekisho.issuer));
    const on = new URL(told.headers.get('location') ?? '');
    expect(on.origin + on.pathname).toBe('https://library.example/front');
    expect(Object.fromEntries(on.searchParams)).toEqual({ a: 'b', iss: sekisho.issuer, sid });
    clock.advance(60_000);
    const later = await browser.visit(page.url);
    expect(statesOn(later)).toMatchObject({ library: 'silent' });
    expect(later.html).not.toContain('<iframe');
  });
});
