/** The answer that ends a login is lost on its way, and the browser sends the same form once more. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { endSession } from '../../src/core/sessions/end.ts';
import { sessionsOf } from '../../src/core/sessions/keep.ts';
import { sessions as sessionRecords } from '../../src/core/sessions/session.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { formOf } from '../support/form-of.ts';
import { beginRequest, exchange, follow, type Party } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { openService } from './enter.ts';

let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
const clock = new FakeClock();

beforeEach(async () => {
  sekisho = await startSekisho({ clock });
  await sekisho.addAccount();
  party = await openService(sekisho);
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

async function loginPage() {
  const begun = await beginRequest(party, {});
  const { page } = await follow(browser, sekisho.issuer, begun.url);
  if (!page) throw new Error('no page');
  return { begun, page };
}

/** @returns the address that the answer leads to. */
async function press(page: Page, by: CookieBrowser, password = goodPassword): Promise<URL> {
  const { action, fields } = formOf(page);
  fields.set('username', 'a0123456');
  fields.set('password', password);
  const answer = await by.send(new URL(action, sekisho.issuer), { method: 'POST', body: fields });
  return new URL(answer.headers.get('location') ?? '/nowhere', sekisho.issuer);
}

/** The same browser, of which this one never hears what it is answered. */
function unheard(): CookieBrowser {
  const copy = new CookieBrowser();
  for (const [name, value] of browser.cookies(sekisho.issuer)) copy.setCookie(sekisho.issuer, name, value);
  return copy;
}

const granted = async () => {
  const { records } = await sekisho.ground.world.store.find(auditEvents, { index: 'byTime' });
  return records.filter(({ type }) => type === 'login.granted').length;
};

const sessions = async () => {
  const account = await accountByLoginName(sekisho.ground.world.store, 'a0123456');
  return sessionsOf(sekisho.ground.world, account?.id ?? '');
};

/** Where the browser ends up that goes on from there: at the service with a code, or before a page of ours. */
async function goesOnFrom(address: URL): Promise<'service' | 'page'> {
  const { left } = await follow(browser, sekisho.issuer, address);
  return left?.searchParams.has('code') ? 'service' : 'page';
}

describe('a login of which the first answer was never heard', () => {
  it('goes on to the service, and is one login', async () => {
    const { begun, page } = await loginPage();
    await press(page, unheard());
    const { left } = await follow(browser, sekisho.issuer, await press(page, browser));
    const tokens = await exchange(party, left as URL, begun);
    expect(tokens.claims()?.sub).toBeDefined();
    expect(await granted()).toBe(1);
    expect(await sessions()).toHaveLength(1);
  });

  it('gives its session to the last that asked, and to no other', async () => {
    const { page } = await loginPage();
    const first = unheard();
    const address = await press(page, first);
    await press(page, browser);
    const { left } = await follow(first, sekisho.issuer, address);
    expect(left?.searchParams.has('code')).not.toBe(true);
  });

  it('gives nothing for another password', async () => {
    const { page } = await loginPage();
    await press(page, unheard());
    expect(await goesOnFrom(await press(page, browser, 'not the password'))).toBe('page');
    expect(browser.cookies(sekisho.issuer).has('sekisho-session')).toBe(false);
  });

  it('is another login a minute later', async () => {
    const { page } = await loginPage();
    await press(page, unheard());
    clock.advance(minutes(1));
    expect(await goesOnFrom(await press(page, browser))).toBe('page');
    expect(browser.cookies(sekisho.issuer).has('sekisho-session')).toBe(false);
  });

  it('does not bring back a session that has ended', async () => {
    const { page } = await loginPage();
    await press(page, unheard());
    const [session] = await sessions();
    if (!session) throw new Error('no session');
    await endSession(sekisho.ground.world, [], { kind: 'system' }, session, 'logout');
    expect(await goesOnFrom(await press(page, browser))).toBe('page');
    expect(await sessions()).toHaveLength(0);
  });
});

describe('a session that holds more than the password', () => {
  it('stays where it is', async () => {
    const { page } = await loginPage();
    await press(page, unheard());
    const [session] = await sessions();
    if (!session) throw new Error('no session');
    const totp = { kind: 'totp', credentialId: 'credential-1', at: clock.now() } as const;
    await sekisho.ground.world.store.commit([
      replace(sessionRecords, { ...session, factors: [...session.factors, totp] }),
    ]);
    expect(await goesOnFrom(await press(page, browser))).toBe('page');
    expect(browser.cookies(sekisho.issuer).has('sekisho-session')).toBe(false);
  });
});
