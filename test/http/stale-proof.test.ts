import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connections } from '../../src/core/connections/connection.ts';
import { setPassword } from '../../src/core/credentials/set-password.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { replace, type Stored, type Write } from '../../src/store/port.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { beginRequest, exchange, follow, logIn, openParty, submit } from '../support/relying-party.ts';
import { goodPassword, operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';

describe('what was proven before something changed', () => {
  const clock = new FakeClock();
  let sekisho: TestSekisho;
  let account: Stored<Account>;

  beforeEach(async () => {
    sekisho = await startSekisho({ clock });
    account = await sekisho.addAccount();
  });
  afterEach(() => sekisho.close());

  /** As far as the release page: the password was right, and nothing has been decided. */
  async function untilRelease(parameters: Record<string, string> = {}) {
    await sekisho.addConnection({ id: 'library', consent: 'always' });
    const party = await openParty(sekisho, 'library');
    const browser = new CookieBrowser();
    const { url } = await beginRequest(party, parameters);
    const login = await follow(browser, sekisho.issuer, url);
    if (!login.page) throw new Error('no login page');
    const typed = { username: 'a0123456', password: goodPassword };
    const { page } = await submit(browser, sekisho.issuer, login.page, typed);
    if (!page?.html.includes('value="allow"')) throw new Error('no release page');
    return { browser, page };
  }

  async function changePassword(): Promise<void> {
    const { world, passwordKeeping } = sekisho.ground;
    const now = await world.store.get(accounts, account.id);
    const person = await world.store.get(people, account.personId);
    if (!now || !person) throw new Error('nobody');
    const change = { account: now, person, password: 'Hiei48oroshi', by: 'operator' as const };
    expect(await setPassword(world, passwordKeeping, operator, change)).toEqual({ kind: 'set' });
  }

  it('lets nobody in who typed a password that has been changed since', async () => {
    const { browser, page } = await untilRelease();
    await changePassword();
    const { page: again, left } = await submit(browser, sekisho.issuer, page, { choice: 'allow' });
    expect(left).toBeUndefined();
    expect(again?.html).toContain('name="password"');
    expect([...browser.cookies(sekisho.issuer).keys()]).not.toContain('sekisho-session');
  });

  /** As long as nobody has come in between: `first` comes between the deciding of such a commit and the commit itself. */
  function overtake(isIt: (write: Write) => boolean, first: () => Promise<unknown>): void {
    const { store } = sekisho.ground.world;
    const { commit } = store;
    const overtaken: typeof commit = async (writes) => {
      if (writes.some(isIt)) {
        Object.assign(store, { commit });
        await first();
      }
      await commit.call(store, writes);
    };
    Object.assign(store, { commit: overtaken });
  }
  const beginsSession = ({ kind, collection }: Write): boolean => kind === 'insert' && collection.name === 'sessions';
  const setsPassword = ({ collection }: Write): boolean => collection.name === 'credentials';
  const suspends = ({ collection }: Write): boolean => collection.name === 'accounts';

  async function suspend(): Promise<void> {
    const { ground } = sekisho;
    const now = await ground.world.store.get(accounts, account.id);
    if (!now) throw new Error('nobody');
    await suspendAccount(ground.world, ground, operator, now, 'a test');
  }
  const sessionsLeft = async (): Promise<number> =>
    (await sekisho.ground.world.store.find(sessions, { index: 'byAccount', equals: [account.id] })).records.length;

  it.each<[string, () => Promise<void>]>([
    ['a change of the password', changePassword],
    ['a suspension', suspend],
  ])('begins no session that %s has just come before', async (_what, happens) => {
    const { browser, page } = await untilRelease();
    overtake(beginsSession, happens);
    const { page: again, left } = await submit(browser, sekisho.issuer, page, { choice: 'allow' });
    expect(left).toBeUndefined();
    expect(again?.html).toContain('name="password"');
    expect(await sessionsLeft()).toBe(0);
  });

  it.each<[string, (write: Write) => boolean, () => Promise<void>]>([
    ['a change of the password', setsPassword, changePassword],
    ['a suspension', suspends, suspend],
  ])('leaves no session that began while %s was under way', async (_what, isIt, happens) => {
    const { browser, page } = await untilRelease();
    overtake(isIt, () => submit(browser, sekisho.issuer, page, { choice: 'allow' }));
    await happens();
    expect(await sessionsLeft()).toBe(0);
  });

  it('asks again for a password that grew older than the service allows while a page lay open', async () => {
    const { browser, page } = await untilRelease({ max_age: '60' });
    clock.advance(121_000);
    const { page: again, left } = await submit(browser, sekisho.issuer, page, { choice: 'allow' });
    expect(left).toBeUndefined();
    expect(again?.html).toContain('name="password"');
  });

  it('gives a token no more than its person allowed, when the release grows', async () => {
    await sekisho.addConnection({
      id: 'library',
      consent: 'once',
      release: [{ attribute: 'displayName', required: true }],
    });
    const party = await openParty(sekisho, 'library');
    const browser = new CookieBrowser();
    const begun = await beginRequest(party, { scope: 'openid profile' });
    const login = await follow(browser, sekisho.issuer, begun.url);
    if (!login.page) throw new Error('no login page');
    const asked = await submit(browser, sekisho.issuer, login.page, { username: 'a0123456', password: goodPassword });
    if (!asked.page) throw new Error('no release page');
    const { left } = await submit(browser, sekisho.issuer, asked.page, { choice: 'allow' });
    if (!left) throw new Error('not allowed');
    const tokens = await exchange(party, left, begun);
    const userinfo = async () => {
      const headers = { authorization: `Bearer ${tokens.access_token}` };
      return (await fetch(`${sekisho.issuer}/oidc/userinfo`, { headers })).json();
    };
    expect(await userinfo()).toMatchObject({ name: '京都 花子' });

    const { store } = sekisho.ground.world;
    const connection = await store.get(connections, 'library');
    if (!connection) throw new Error('no connection');
    const release = [...connection.release, { attribute: 'loginName' as const, required: true }];
    await store.commit([replace(connections, { ...connection, release })]);
    const later = await userinfo();
    expect(later).toMatchObject({ name: '京都 花子' });
    expect(later).not.toHaveProperty('preferred_username');
  });

  it('still signs in whoever types the new password', async () => {
    await sekisho.addConnection({ id: 'courses' });
    const party = await openParty(sekisho, 'courses');
    await changePassword();
    const { callback } = await logIn(sekisho, party, new CookieBrowser(), { password: 'Hiei48oroshi' });
    expect(callback.searchParams.get('code')).not.toBeNull();
  });
});
