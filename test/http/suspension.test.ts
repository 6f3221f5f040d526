/** What stops at once when a connection or an account is suspended or ends: logins, sessions, tokens. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hours, minutes } from '../../src/base/duration.ts';
import { type Approved, connections } from '../../src/core/connections/connection.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { words } from '../../src/i18n/words.ts';
import { replace, type Stored } from '../../src/store/port.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Party, submit } from '../support/relying-party.ts';
import { goodPassword, operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask, enterForLong, openService } from './enter.ts';
import { basic, post, userinfo } from './program.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
let account: Stored<Account>;
let tokens: Awaited<ReturnType<typeof enterForLong>>['tokens'];
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  account = await sekisho.addAccount({ account: { expiresAt: clock.now() + hours(1) } });
  party = await openService(sekisho);
  await openService(sekisho, { id: 'api', oidc: { mayIntrospect: true } });
  browser = new CookieBrowser();
  ({ tokens } = await enterForLong(sekisho, party, browser));
});
afterEach(() => sekisho.close());

const refresh = () =>
  post(
    sekisho,
    '/oidc/token',
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' },
    basic('library'),
  );
const introspect = (token: string | undefined, by = 'api') =>
  post(sekisho, '/oidc/introspect', { token: token ?? '' }, basic(by));

async function changeConnection(change: Partial<Approved>): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, 'library');
  if (!connection) throw new Error('no connection');
  await store.commit([replace(connections, { ...connection, ...change })]);
}

async function suspendPerson(): Promise<void> {
  const { world } = sekisho.ground;
  const now = await world.store.get(accounts, account.id);
  if (!now) throw new Error('no account');
  await suspendAccount(world, sekisho.ground, operator, now, 'a test');
}

describe('while nothing is suspended', () => {
  it('everything that is tested below works', async () => {
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(200);
    expect((await introspect(tokens.access_token)).body.active).toBe(true);
    expect((await introspect(tokens.refresh_token)).body.active).toBe(true);
    expect((await refresh()).status).toBe(200);
  });
});

describe('a suspended connection', () => {
  const suspended = { state: 'suspended', suspensionReason: 'a test' } as const;

  it('lets nobody in, and says so on a page with its desk', async () => {
    await changeConnection(suspended);
    const { page } = await ask(sekisho, party, browser);
    expect(page?.status).toBeGreaterThanOrEqual(400);
    expect(page?.html).toContain('このサービスへのログインは停止しています');
    expect(page?.html).toContain('窓口');
  });

  it('loses its tokens at once', async () => {
    await changeConnection(suspended);
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('has no active token in the eyes of another service', async () => {
    await changeConnection(suspended);
    expect(await introspect(tokens.access_token)).toMatchObject({ status: 200, body: { active: false } });
    expect(await introspect(tokens.refresh_token)).toMatchObject({ status: 200, body: { active: false } });
  });

  it('stops a login that was under way', async () => {
    const { page } = await ask(sekisho, party, new CookieBrowser());
    await changeConnection(suspended);
    const stranger = new CookieBrowser();
    expect(page?.status).toBe(200);
    const begun = await ask(sekisho, party, stranger);
    expect(begun.left).toBeUndefined();
  });

  it('stops a login between its page and its password', async () => {
    const stranger = new CookieBrowser();
    const { page } = await ask(sekisho, party, stranger);
    await changeConnection(suspended);
    const typed = { username: 'a0123456', password: goodPassword };
    const after = await submit(stranger, sekisho.issuer, page as NonNullable<typeof page>, typed);
    expect(after.left).toBeUndefined();
    expect(after.page?.status).toBe(403);
    expect(after.page?.html).toContain(words('ja').denied.connectionSuspended('library'));
  });
});

describe('a suspended account', () => {
  it('is signed out everywhere at once', async () => {
    await suspendPerson();
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
    expect((await browser.visit(`${sekisho.issuer}/`)).html).not.toContain('京都 花子');
  });

  it('loses its tokens at once, those that outlive the session too', async () => {
    await suspendPerson();
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await introspect(tokens.access_token)).body).toEqual({ active: false });
    expect((await introspect(tokens.refresh_token, 'library')).body).toEqual({ active: false });
  });
});

describe('an account that ends while its owner is signed in', () => {
  it('is signed out at that moment, with its tokens', async () => {
    clock.advance(minutes(59));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    clock.advance(minutes(1));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect((await refresh()).status).toBe(400);
  });
});

describe('a person who is no longer among those for whom a service is', () => {
  it('is stopped at the next request, and so are the tokens', async () => {
    await changeConnection({ audience: { roles: ['staff'] } });
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('access_denied');
    expect((await userinfo(sekisho, tokens.access_token)).status).toBe(401);
    expect((await refresh()).status).toBe(400);
  });
});
