/** A service that names whom it expects: by an ID token it holds, by the value of `sub`, or by both (OIDC Core 5.5.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, ask, enter, openService } from './enter.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  await sekisho.addAccount({ loginName: 'a0222222' });
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

const claimOf = (sub: unknown) => ({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }) });

describe.each(['public', 'pairwise'] as const)('where subjects are %s, a service that names a person', (subject) => {
  let party: Party;
  let hint: { readonly id_token_hint: string };
  let sub: string;
  beforeEach(async () => {
    party = await openService(sekisho, { oidc: { subject } });
    const { tokens } = await enter(sekisho, party);
    hint = { id_token_hint: tokens.id_token ?? '' };
    sub = tokens.claims()?.sub ?? '';
  });

  async function askAndType(parameters: Record<string, string>, loginName = 'a0123456') {
    const { begun, page } = await ask(sekisho, party, browser, parameters);
    if (!page?.html.includes('name="password"')) throw new Error('no password was asked');
    const typed = { username: loginName, password: goodPassword };
    return { begun, left: (await submit(browser, sekisho.issuer, page, typed)).left };
  }

  it.each(['hint', 'claim'])('by a %s receives them, also when their session is gone', async (kind) => {
    const { begun, left } = await askAndType(kind === 'hint' ? hint : claimOf(sub));
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toBe(sub);
  });

  it.each(['hint', 'claim'])('by a %s receives nobody else', async (kind) => {
    const named = kind === 'hint' ? hint : claimOf(sub);
    const { left } = await askAndType(named, 'a0222222');
    expect(left?.searchParams.get('error')).toBe('login_required');
    expect(await answerOf(sekisho, party, browser, { ...named, prompt: 'none' })).toBe('login_required');
  });

  it('receives them in place of somebody else who is signed in', async () => {
    await enter(sekisho, party, {}, browser, 'a0222222');
    const { begun, left } = await askAndType(hint);
    expect((await exchange(party, left as URL, begun)).claims()?.sub).toBe(sub);
  });

  it('receives them without a page where they are signed in, by hint and claim alike', async () => {
    await enter(sekisho, party, {}, browser);
    expect(await answerOf(sekisho, party, browser, { ...hint, ...claimOf(sub), prompt: 'none' })).toBe('code');
  });

  it('receives nobody where hint and claim differ, whichever of the two is signed in', async () => {
    const other = await enter(sekisho, party, {}, browser, 'a0222222');
    const both = { ...hint, ...claimOf(other.tokens.claims()?.sub), prompt: 'none' };
    expect(await answerOf(sekisho, party, browser, both)).toBe('login_required');
    const first = new CookieBrowser();
    await enter(sekisho, party, {}, first);
    expect(await answerOf(sekisho, party, first, both)).toBe('login_required');
  });

  it('by what is no text receives nobody', async () => {
    await enter(sekisho, party, {}, browser);
    expect(await answerOf(sekisho, party, browser, { ...claimOf([sub]), prompt: 'none' })).toBe('login_required');
  });
});
