import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { exchange, follow, formOf, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask } from './enter.ts';

describe('tabs that enter services at the same moment', () => {
  let sekisho: TestSekisho;
  let browser: CookieBrowser;
  let parties: readonly Party[];

  beforeEach(async () => {
    sekisho = await startSekisho();
    await sekisho.addAccount();
    for (const id of ['portal', 'library', 'courses', 'mail']) await sekisho.addConnection({ id });
    const [first, ...others] = await Promise.all(
      ['portal', 'library', 'courses', 'mail'].map((id) => openParty(sekisho, id)),
    );
    if (!first) throw new Error('no service');
    ({ browser } = await logIn(sekisho, first));
    parties = others;
  });
  afterEach(() => sekisho.close());

  /** Signs in without a password, and asks for the person's data with the token. */
  async function enter(party: Party): Promise<string> {
    const { callback, begun } = await logIn(sekisho, party, browser);
    const tokens = await exchange(party, callback, begun);
    const { sub = '' } = tokens.claims() ?? {};
    await client.fetchUserInfo(party.config, tokens.access_token, sub);
    return sub;
  }

  it('enter one service many times, and every code is good', async () => {
    const [library] = parties;
    if (!library) throw new Error('no service');
    const subs = await Promise.all(Array.from({ length: 8 }, () => enter(library)));
    expect(new Set(subs).size).toBe(1);
  });

  it('enter several services, and none loses its entry to another', async () => {
    const entered = await Promise.all([...parties, ...parties].map(enter));
    expect(entered).toHaveLength(6);
    const confirm = await browser.visit(`${sekisho.issuer}/logout`);
    for (const name of ['portal', 'library', 'courses', 'mail']) expect(confirm.html).toContain(name);
  });
});

describe('a tab that comes back after another tab has signed somebody else in', () => {
  let sekisho: TestSekisho;
  let browser: CookieBrowser;
  let library: Party;
  let other: Party;

  beforeEach(async () => {
    sekisho = await startSekisho();
    await sekisho.addAccount();
    await sekisho.addAccount({ loginName: 'b0123456', entry: { nameJa: { family: '吉田', given: '太郎' } } });
    for (const id of ['library', 'other']) await sekisho.addConnection({ id });
    library = await openParty(sekisho, 'library');
    other = await openParty(sekisho, 'other');
    browser = new CookieBrowser();
  });
  afterEach(() => sekisho.close());

  /** The first person gives the password, and the second signs in before the first one's browser has gone on. */
  async function overtake(parameters: Record<string, string> = {}): Promise<URL> {
    const first = await ask(sekisho, library, browser, parameters);
    const { action, fields } = formOf(first.page as Page);
    fields.set('username', 'a0123456');
    fields.set('password', goodPassword);
    const answer = await browser.send(new URL(action, sekisho.issuer), { method: 'POST', body: fields });
    const chooser = await ask(sekisho, other, browser, { prompt: 'select_account' });
    const login = await submit(browser, sekisho.issuer, chooser.page as Page, { choice: 'other' });
    const person = { username: 'b0123456', password: goodPassword };
    const second = await submit(browser, sekisho.issuer, login.page as Page, person);
    expect(second.left?.searchParams.has('code')).toBe(true);
    return new URL(answer.headers.get('location') ?? '', sekisho.issuer);
  }

  it('ends nobody’s session, and brings the service whoever is signed in now', async () => {
    const back = await follow(browser, sekisho.issuer, await overtake());
    expect(back.left?.searchParams.has('code')).toBe(true);
    expect(await answerOf(sekisho, other, browser, { prompt: 'none' })).toBe('code');
    const confirm = await browser.visit(`${sekisho.issuer}/`);
    expect(confirm.html).toContain('吉田 太郎');
  });

  it('asks for the password again where the service wanted it given', async () => {
    const back = await follow(browser, sekisho.issuer, await overtake({ prompt: 'login' }));
    expect(back.page?.html).toContain('name="password"');
    expect(await answerOf(sekisho, other, browser, { prompt: 'none' })).toBe('code');
  });
});
