/** An essential acr binds however it was written down (OIDC Core 5.5.1.1): better no login than a weaker one. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import type { Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, enter, openService } from './enter.ts';

const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';

// One for all: nothing below changes it.
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
beforeAll(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  party = await openService(sekisho);
  browser = new CookieBrowser();
  await enter(sekisho, party, {}, browser);
});
afterAll(() => sekisho.close());

const answerTo = (acr: unknown, also: Record<string, string> = {}) =>
  answerOf(sekisho, party, browser, { prompt: 'none', claims: JSON.stringify({ id_token: { acr } }), ...also });

describe('an essential acr that a password does not reach', () => {
  it.each<[string, object]>([
    ['as a value', { essential: true, value: mfa }],
    ['as a value beside an empty list', { essential: true, value: mfa, values: [] }],
    ['as a list in `value`', { essential: true, value: [mfa] }],
    ['as a single name in `values`', { essential: true, values: mfa }],
    ['as a list of what is no name', { essential: true, values: [{ name: mfa }] }],
    ['as an empty list', { essential: true, values: [] }],
    ['with "true" in quotation marks', { essential: 'true', value: mfa }],
    ['as 1', { essential: 1, value: mfa }],
  ])('is told to the service, written %s', async (_how, acr) => {
    expect(await answerTo(acr)).toBe('unmet_authentication_requirements');
  });

  it('is told to the service whatever acr_values say beside it', async () => {
    expect(await answerTo({ essential: true, value: mfa }, { acr_values: sfa })).toBe(
      'unmet_authentication_requirements',
    );
  });
});

describe('an acr', () => {
  it.each<[string, unknown]>([
    ['is essential and reached', { essential: true, value: sfa }],
    ['is essential and reached by a single name in `values`', { essential: true, values: sfa }],
    ['is essential without any name', { essential: true }],
    ['is only wished for', { value: mfa }],
    ['is only wished for, and says so', { essential: false, values: [mfa] }],
    ['is wished for in a way that cannot be read', { value: [mfa] }],
    ['is asked for without more', null],
  ])('lets the person in where it %s', async (_how, acr) => {
    expect(await answerTo(acr)).toBe('code');
  });
});
