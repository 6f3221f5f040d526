/** "Trust this browser": the box, the cookie, and what a service is told afterwards. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../src/base/duration.ts';
import type { Connection } from '../../src/core/connections/connection.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { setPassword } from '../../src/core/credentials/set-password.ts';
import { trustedBrowsers } from '../../src/core/credentials/trusted-browser.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { insert, type Stored } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Asked, ask, openService } from './enter.ts';
import { recordsIn } from './records-in.ts';

const app = authenticatorApp(sampleSecret);
const box = 'name="trust"';

let clock: FakeClock;
let sekisho: TestSekisho;
let account: Stored<Account>;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  account = await sekisho.addAccount();
  browser = new CookieBrowser();
  const { world, masterKey } = sekisho.ground;
  await world.store.commit([insert(credentials, heldApp(masterKey, account.id))]);
});
afterEach(() => sekisho.close());

const open = (id: string, wishes: Partial<Connection>): Promise<Party> => {
  const { oidc: _oidc, ...rest } = wishes;
  return openService(sekisho, { requiredLevel: 'mfa', ...rest, id });
};
const lenient = () => open('library', { trustedBrowser: 'policy' });

const send = (page: Page | undefined, typed: Readonly<Record<string, string>>) => {
  if (!page) throw new Error('there is no page');
  return submit(browser, sekisho.issuer, page, typed);
};

/** Over the password to whatever comes after it. */
async function arrive(party: Party): Promise<Asked> {
  const { begun, page } = await ask(sekisho, party, browser);
  return { begun, ...(await send(page, { username: 'a0123456', password: goodPassword })) };
}

const giveCode = (page: Page | undefined, trust = {}) => {
  clock.advance(minutes(1));
  return send(page, { code: app.codeAt(clock.now()), ...trust });
};

/** The session ends, the browser stays. */
function forgetSession(): void {
  browser.setCookie(sekisho.issuer, 'sekisho-session', 'none');
}

describe('a browser that its owner trusts', () => {
  let party: Party;
  beforeEach(async () => {
    party = await lenient();
    await giveCode((await arrive(party)).page, { trust: 'yes' });
    forgetSession();
  });

  it('gets in with the password alone, and the service is told of no more than that', async () => {
    const { begun, left } = await arrive(party);
    const claims = (await exchange(party, left as URL, begun)).claims();
    expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
  });

  it('passes by itself from another service that asked for a password only', async () => {
    const plain = await openService(sekisho, { id: 'plain' });
    await arrive(plain);
    const { left } = await ask(sekisho, party, browser);
    expect(left?.searchParams.has('code')).toBe(true);
  });

  it('is asked again by a service that asks in its request, and by one whose policy has no such exception', async () => {
    const strict = await open('strict', {});
    expect((await arrive(strict)).page?.html).toContain('name="code"');
    const { page } = await ask(sekisho, party, browser, { claims: essentialMfa });
    expect((await send(page, { username: 'a0123456', password: goodPassword })).page?.html).toContain('name="code"');
  });

  it('is asked again after seven days', async () => {
    clock.advance(days(7));
    expect((await arrive(party)).page?.html).toContain('name="code"');
  });

  it('is asked again after the password was changed', async () => {
    const { world, passwordKeeping } = sekisho.ground;
    const now = await world.store.get(accounts, account.id);
    const person = now && (await world.store.get(people, now.personId));
    if (!now || !person) throw new Error('no account');
    // The very same: what counts is that it was set.
    const change = { account: now, person, password: goodPassword, by: 'operator' as const };
    await setPassword(world, passwordKeeping, operator, change);
    expect(recordsIn(sekisho, trustedBrowsers)).toBe(0);
    expect((await arrive(party)).page?.html).toContain('name="code"');
  });

  it('keeps its trust through a log-out, and shares it with no other browser', async () => {
    const logout = await browser.visit(`${sekisho.issuer}/logout`);
    await submit(browser, sekisho.issuer, logout, { logout: 'yes' });
    expect((await arrive(party)).left).toBeDefined();
    browser = new CookieBrowser();
    expect((await arrive(party)).page?.html).toContain('name="code"');
  });

  it('carries a cookie that the store cannot give back', async () => {
    const carried = browser.cookies(sekisho.issuer).get('sekisho-trusted') ?? '';
    const token = carried.split('~')[1] ?? '';
    expect(token).toHaveLength(43);
    const { store } = sekisho.ground.world;
    const { records } = await store.find(trustedBrowsers, { index: 'byAccount', equals: [account.id] });
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain(token);
  });
});

const essentialMfa = JSON.stringify({
  id_token: { acr: { essential: true, value: 'https://refeds.org/profile/mfa' } },
});

describe('the box on the page of a second factor', () => {
  it('is there where the connection allows trust, with the days, not ticked', async () => {
    const { page } = await arrive(await lenient());
    expect(page?.html).toContain('このブラウザを7日間信頼する');
    expect(page?.html).toMatch(/<input type="checkbox" id="trust" name="trust" value="yes"[^>]*>/);
    expect(page?.html).not.toMatch(/id="trust"[^>]*checked/);
  });

  it('is not there where it does not, and claiming it there trusts nothing', async () => {
    const { page } = await arrive(await open('strict', {}));
    expect(page?.html).not.toContain(box);
    await giveCode(page, { trust: 'yes' });
    expect(browser.cookies(sekisho.issuer).has('sekisho-trusted')).toBe(false);
    expect(recordsIn(sekisho, trustedBrowsers)).toBe(0);
  });

  it('counts for nothing with a code that was wrong', async () => {
    const { page } = await arrive(await lenient());
    const wrong = await send(page, { code: '000000', trust: 'yes' });
    expect(wrong.page?.status).toBe(422);
    await giveCode(wrong.page);
    expect(recordsIn(sekisho, trustedBrowsers)).toBe(0);
  });
});
