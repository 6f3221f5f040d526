/** What a person is asked before a service receives anything, and what a "no" comes to. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Connection, connections, type Release } from '../../src/core/connections/connection.ts';
import { accounts } from '../../src/core/people/account.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { words } from '../../src/i18n/words.ts';
import { replace } from '../../src/store/port.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { follow, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask, enter, openService } from './enter.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

const right = { username: 'a0123456', password: goodPassword };

/** As far as the page that follows the password. */
async function pageAfterPassword(party: Party): Promise<Page> {
  const { page } = await ask(sekisho, party, browser);
  const { page: after } = await submit(browser, sekisho.issuer, page as Page, right);
  if (!after) throw new Error('no page followed the password');
  return after;
}
const isReleasePage = (page: Page | undefined) => page?.html.includes(words('ja').release.heading('library')) === true;
const choose = (page: Page, choice: string) => submit(browser, sekisho.issuer, page, { choice });

describe('a service that asks once', () => {
  let party: Party;
  beforeEach(async () => {
    await sekisho.addAccount();
    party = await openService(sekisho, {
      consent: 'once',
      release: [
        { attribute: 'displayName', required: true },
        { attribute: 'mail', required: false, reason: { ja: '連絡のため', en: 'To write to you' } },
        { attribute: 'affiliation', required: true },
      ],
    });
  });

  it('shows the values themselves, and why', async () => {
    const page = await pageAfterPassword(party);
    expect(isReleasePage(page)).toBe(true);
    for (const text of ['京都 花子', 'a0123456@st.kyoto-u.ac.jp', 'student', '連絡のため'])
      expect(page.html).toContain(text);
  });

  it('shows only what the request asks for', async () => {
    const { page } = await ask(sekisho, party, browser, { scope: 'openid email' });
    const { page: release } = await submit(browser, sekisho.issuer, page as Page, right);
    expect(release?.html).toContain('a0123456@st.kyoto-u.ac.jp');
    expect(release?.html).not.toContain('<dd>京都 花子');
  });

  it('gives nothing before the answer', async () => {
    await pageAfterPassword(party);
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).not.toBe('code');
  });

  it('is asked about once', async () => {
    const { left } = await choose(await pageAfterPassword(party), 'allow');
    expect(left?.searchParams.has('code')).toBe(true);
    expect(await answerOf(sekisho, party, browser)).toBe('code');
  });

  it('is asked about again when it is to receive more, and not when less', async () => {
    await choose(await pageAfterPassword(party), 'allow');
    const less: Release[] = [
      { attribute: 'displayName', required: true },
      { attribute: 'affiliation', required: true },
      { attribute: 'mail', required: true },
    ];
    await changeRelease(less);
    expect(await answerOf(sekisho, party, browser)).toBe('code');
    await changeRelease([...less, { attribute: 'loginName', required: true }]);
    expect(isReleasePage((await ask(sekisho, party, browser)).page)).toBe(true);
  });

  it('is told access_denied when the person refuses, who stays signed in and is asked again', async () => {
    const { left } = await choose(await pageAfterPassword(party), 'deny');
    expect(left?.host).toBe('library.example');
    expect(left?.searchParams.get('error')).toBe('access_denied');
    expect(left?.searchParams.has('code')).toBe(false);
    const { page } = await ask(sekisho, party, browser);
    expect(isReleasePage(page)).toBe(true);
  });
});

describe('a service that asks always', () => {
  it('is asked about at every login', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho, { consent: 'always' });
    const { left } = await choose(await pageAfterPassword(party), 'allow');
    expect(left?.searchParams.has('code')).toBe(true);
    expect(isReleasePage((await ask(sekisho, party, browser)).page)).toBe(true);
  });
});

describe('the terms', () => {
  it('are accepted once', async () => {
    const account = await sekisho.addAccount({ hasAcceptedTerms: false });
    const party = await openService(sekisho);
    const page = await pageAfterPassword(party);
    expect(page.html).toContain('全学アカウントの利用にあたって');
    const { left } = await choose(page, 'accept');
    expect(left?.searchParams.has('code')).toBe(true);
    expect((await sekisho.ground.world.store.get(accounts, account.id))?.acceptedTerms?.version).toBe('2026-04');
    expect((await enter(sekisho, party, {}, new CookieBrowser())).callback.searchParams.has('code')).toBe(true);
  });

  it('that are declined end the login without a session', async () => {
    await sekisho.addAccount({ hasAcceptedTerms: false });
    const { left } = await choose(await pageAfterPassword(await openService(sekisho)), 'decline');
    expect(left?.searchParams.get('error')).toBe('access_denied');
    expect(await sekisho.ground.world.store.count(sessions, { index: 'byAccount' })).toBe(0);
  });
});

describe('a person who goes back from the login page', () => {
  it('arrives at the service with access_denied', async () => {
    const party = await openService(sekisho);
    const { page } = await ask(sekisho, party, browser);
    const cancel = /href="(\/login\/[^"]*\/cancel)"/.exec(page?.html ?? '')?.[1] ?? '';
    const { left } = await follow(browser, sekisho.issuer, cancel);
    expect(left?.searchParams.get('error')).toBe('access_denied');
  });
});

describe('a service for students', () => {
  const audience = { roles: ['student'], words: { ja: '学生', en: 'students' } } as const;
  let party: Party;
  beforeEach(async () => {
    party = await openService(sekisho, { id: 'kulasis', name: { ja: 'クラシス', en: 'KULASIS' }, audience });
    await openService(sekisho, { id: 'library', name: { ja: '図書館', en: 'Library' } });
    await sekisho.addAccount({
      kind: 'sps',
      loginName: 'kyototaro12a',
      entry: { affiliations: [{ unit: 'main-library', role: 'staff', from: 0 }] },
    });
  });
  const refuse = async () => {
    const { begun, page } = await ask(sekisho, party, browser);
    const typed = { username: 'kyototaro12a', password: goodPassword };
    return { begun, ...(await submit(browser, sekisho.issuer, page as Page, typed)) };
  };

  it('shows staff for whom it is, which desk helps, and which services are theirs', async () => {
    const { page } = await refuse();
    expect(page?.status).toBe(403);
    for (const text of [
      words('ja').denied.notForYou('クラシス'),
      '学生',
      '窓口',
      '図書館',
      'https://library.example/',
    ]) {
      expect(page?.html).toContain(text);
    }
    expect(page?.html).not.toContain('href="https://kulasis.example/"');
  });

  it('is told access_denied when they go back', async () => {
    const { begun, page } = await refuse();
    const back = /href="(\/login\/[^"]*\/return)"/.exec(page?.html ?? '')?.[1] ?? '';
    const { left } = await follow(browser, sekisho.issuer, back);
    expect(left?.host).toBe('kulasis.example');
    expect(left?.searchParams.get('error')).toBe('access_denied');
    expect(left?.searchParams.get('state')).toBe(begun.state);
  });

  it('turns them away again without a password, and other services let them in without one', async () => {
    await refuse();
    expect((await ask(sekisho, party, browser)).page?.status).toBe(403);
    const library = await openParty(sekisho, 'library');
    expect(await answerOf(sekisho, library, browser)).toBe('code');
  });
});

async function changeRelease(release: Connection['release']): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, 'library');
  if (!connection) throw new Error('no connection');
  await store.commit([replace(connections, { ...connection, release })]);
}
