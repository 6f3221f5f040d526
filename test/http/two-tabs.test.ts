import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import type { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, logIn, openParty, type Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

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
