/** How a service steers the login: prompt, max_age, hints, acr (OIDC Core 3.1.2.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { accountByLoginName, accounts } from '../../src/core/people/account.ts';
import { words } from '../../src/i18n/words.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask, enter, openService } from './enter.ts';

const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';
const aal2 = 'https://www.gakunin.jp/profile/AAL2';

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  await sekisho.addAccount();
  party = await openService(sekisho);
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

const authTime = (tokens: Awaited<ReturnType<typeof exchange>>) => Number(tokens.claims()?.auth_time);

/** Asks, and gives the password on the page that must come. */
async function askAndType(parameters: Record<string, string>, loginName = 'a0123456') {
  const { begun, page } = await ask(sekisho, party, browser, parameters);
  if (!page?.html.includes('name="password"')) throw new Error('no password was asked');
  const { left, page: after } = await submit(browser, sekisho.issuer, page, {
    username: loginName,
    password: goodPassword,
  });
  return { begun, page, left, after };
}

describe('single sign-on', () => {
  it('carries a person from one service to the next without a page', async () => {
    const { tokens, browser: signedIn } = await enter(sekisho, party);
    const other = await openService(sekisho, { id: 'other' });
    clock.advance(minutes(5));
    const { begun, left } = await ask(sekisho, other, signedIn);
    if (!left) throw new Error('a page came');
    const second = await exchange(other, left, begun);
    expect(second.claims()?.sub).toBe(tokens.claims()?.sub);
    expect(authTime(second)).toBe(authTime(tokens));
  });

  it('ends with idleness', async () => {
    await enter(sekisho, party, {}, browser);
    clock.advance(minutes(119));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    clock.advance(minutes(119));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    clock.advance(minutes(121));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
  });

  it('ends after its absolute lifetime, however much it is used', async () => {
    await enter(sekisho, party, {}, browser);
    for (let hour = 1; hour < 12; hour += 1) {
      clock.advance(minutes(60));
      expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
    }
    clock.advance(minutes(60));
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
  });
});

describe('prompt=none', () => {
  it('says login_required to a stranger', async () => {
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('login_required');
  });

  it('gives a code to somebody who is signed in', async () => {
    await enter(sekisho, party, {}, browser);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
  });

  it('says in words what is missing', async () => {
    const { left } = await ask(sekisho, party, browser, { prompt: 'none' });
    expect(left?.searchParams.get('error_description')).toBe('login due');
  });

  it('says consent_required where the person would be asked about the release', async () => {
    await enter(sekisho, party, {}, browser);
    const asking = await openService(sekisho, { id: 'asking', consent: 'once' });
    expect(await answerOf(sekisho, asking, browser, { prompt: 'none' })).toBe('consent_required');
  });

  it('says interaction_required where the terms are new to the person', async () => {
    await sekisho.addAccount({ loginName: 'a0222222', hasAcceptedTerms: false });
    const login = await askAndType({}, 'a0222222');
    if (!login.after) throw new Error('no terms');
    await submit(browser, sekisho.issuer, login.after, { choice: 'accept' });
    await sekisho.ground.world.store.commit([await withoutTerms()]);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('interaction_required');
  });

  it('says access_denied to somebody for whom the service is not', async () => {
    await enter(sekisho, party, {}, browser);
    const staffOnly = await openService(sekisho, { id: 'staff-only', audience: { roles: ['staff'] } });
    expect(await answerOf(sekisho, staffOnly, browser, { prompt: 'none' })).toBe('access_denied');
  });
});

describe('prompt=login', () => {
  it('asks for the password again and tells the new time', async () => {
    const { tokens } = await enter(sekisho, party, {}, browser);
    clock.advance(minutes(10));
    const { begun, left } = await askAndType({ prompt: 'login' });
    expect(authTime(await exchange(party, left as URL, begun)) - authTime(tokens)).toBe(600);
  });

  it('is not satisfied by the password of another account: the session becomes theirs', async () => {
    const { tokens } = await enter(sekisho, party, {}, browser);
    const other = await sekisho.addAccount({ loginName: 'a0222222' });
    const { begun, left } = await askAndType({ prompt: 'login' }, 'a0222222');
    const second = await exchange(party, left as URL, begun);
    expect(second.claims()?.sub).toBe(other.id);
    expect(second.claims()?.sub).not.toBe(tokens.claims()?.sub);
  });
});

describe('prompt=select_account', () => {
  it('shows whose session it is, and goes on with it', async () => {
    const { tokens } = await enter(sekisho, party, {}, browser);
    const { begun, page } = await ask(sekisho, party, browser, { prompt: 'select_account' });
    expect(page?.html).toContain('京都 花子');
    const sub = String(tokens.claims()?.sub);
    const { left } = await submit(browser, sekisho.issuer, page as NonNullable<typeof page>, { choice: sub });
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toBe(sub);
  });

  it('lets somebody else sign in', async () => {
    await enter(sekisho, party, {}, browser);
    const other = await sekisho.addAccount({ loginName: 'a0222222' });
    const { begun, page } = await ask(sekisho, party, browser, { prompt: 'select_account' });
    const chosen = await submit(browser, sekisho.issuer, page as NonNullable<typeof page>, { choice: 'other' });
    const typed = { username: 'a0222222', password: goodPassword };
    const { left } = await submit(browser, sekisho.issuer, chosen.page as NonNullable<typeof page>, typed);
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toBe(other.id);
  });
});

describe('prompt=consent', () => {
  it('shows the release even where the connection asks nobody', async () => {
    await enter(sekisho, party, {}, browser);
    const { page } = await ask(sekisho, party, browser, { prompt: 'consent' });
    expect(page?.html).toContain(words('ja').release.heading('library'));
    expect(page?.html).toContain('京都 花子');
  });
});

describe('max_age', () => {
  it('asks for the password when it was given too long ago, and not before', async () => {
    await enter(sekisho, party, {}, browser);
    clock.advance(minutes(10));
    expect(await answerOf(sekisho, party, browser, { max_age: '600' })).toBe('code');
    clock.advance(1000);
    expect(await answerOf(sekisho, party, browser, { max_age: '600', prompt: 'none' })).toBe('login_required');
    const { begun, left } = await askAndType({ max_age: '600' });
    expect(authTime(await exchange(party, left as URL, begun))).toBe(clock.now() / 1000);
  });

  it('of 0 asks for the password always (OIDC Core 3.1.2.1)', async () => {
    await enter(sekisho, party, {}, browser);
    clock.advance(1);
    expect(await answerOf(sekisho, party, browser, { max_age: '0', prompt: 'none' })).toBe('login_required');
    expect((await askAndType({ max_age: '0' })).left?.searchParams.has('code')).toBe(true);
  });
});

describe('a hint', () => {
  it('of a login name is written into the form', async () => {
    const { page } = await ask(sekisho, party, browser, { login_hint: 'a0123456' });
    expect(page?.html).toMatch(/id="username"[^>]*value="a0123456"/);
  });

  it('by an ID token passes with the same person', async () => {
    const { tokens } = await enter(sekisho, party, {}, browser);
    const hint = { id_token_hint: tokens.id_token ?? '' };
    expect(await answerOf(sekisho, party, browser, { ...hint, prompt: 'none' })).toBe('code');
  });

  it('by an ID token of another person does not pass with this one', async () => {
    const { tokens } = await enter(sekisho, party);
    await sekisho.addAccount({ loginName: 'a0222222' });
    await enter(sekisho, party, {}, browser, 'a0222222');
    const hint = { id_token_hint: tokens.id_token ?? '' };
    expect(await answerOf(sekisho, party, browser, { ...hint, prompt: 'none' })).toBe('login_required');
    const { left } = await askAndType(hint, 'a0222222');
    expect(left?.searchParams.get('error')).toBe('login_required');
  });

  it('by an ID token of another person is met by that person', async () => {
    const { tokens } = await enter(sekisho, party);
    await sekisho.addAccount({ loginName: 'a0222222' });
    await enter(sekisho, party, {}, browser, 'a0222222');
    const { begun, left } = await askAndType({ id_token_hint: tokens.id_token ?? '' });
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toBe(tokens.claims()?.sub);
  });
});

describe('acr', () => {
  const claims = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });
  const acrOf = async (parameters: Record<string, string>) =>
    (await enter(sekisho, party, parameters)).tokens.claims()?.acr;

  it('is asserted where it was asked as essential and is true', async () => {
    expect(await acrOf(claims({ essential: true, values: [mfa, sfa] }))).toBe(sfa);
  });

  it('that is essential and cannot be reached is told to the service', async () => {
    const { left } = await askAndType(claims({ essential: true, value: aal2 }));
    expect(left?.searchParams.get('error')).toBe('unmet_authentication_requirements');
    expect(
      await answerOf(sekisho, party, browser, { ...claims({ essential: true, value: aal2 }), prompt: 'none' }),
    ).toBe('unmet_authentication_requirements');
  });

  it.each([
    ['as acr_values', { acr_values: mfa }],
    ['as a claim', claims({ value: mfa })],
  ])('that was only wished for and is untrue is left out (%s)', async (_how, parameters) => {
    expect(await acrOf(parameters)).toBeUndefined();
  });

  it('that was wished for is asserted where it is true', async () => {
    expect(await acrOf({ acr_values: `${mfa} ${sfa}` })).toBe(sfa);
  });
});

/** As if the terms had changed since. */
async function withoutTerms() {
  const account = await accountByLoginName(sekisho.ground.world.store, 'a0222222');
  if (!account) throw new Error('no account');
  return replace(accounts, { ...account, acceptedTerms: { version: 'older', at: 0 } });
}
