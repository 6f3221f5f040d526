/** A node that dies after it has done what it was asked and before its answer is out: the browser asks again, and goes on. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { formOf } from '../support/form-of.ts';
import { beginRequest, exchange, follow, type Party, submit } from '../support/relying-party.ts';
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

/** Logs in up to the address at which the login resumes. */
async function upToResuming(parameters: Record<string, string> = {}) {
  const begun = await beginRequest(party, parameters);
  const { page } = await follow(browser, sekisho.issuer, begun.url);
  if (!page) throw new Error('no page');
  const { action, fields } = formOf(page);
  fields.set('username', 'a0123456');
  fields.set('password', goodPassword);
  const answer = await browser.send(new URL(action, sekisho.issuer), { method: 'POST', body: fields });
  return { begun, page, resume: new URL(answer.headers.get('location') ?? '', sekisho.issuer) };
}

/** What the node did, and the browser never heard of: its cookies are those of before. */
async function loseAnswer(resume: URL): Promise<void> {
  const cookies = new CookieBrowser();
  for (const [name, value] of browser.cookies(sekisho.issuer)) cookies.setCookie(sekisho.issuer, name, value);
  const lost = await follow(cookies, sekisho.issuer, resume);
  expect(lost.left?.searchParams.get('code')).toBeTruthy();
}

describe('a login whose last answer was lost', () => {
  it.each([
    ['as it is', {}],
    ['with a password that had to be new', { prompt: 'login' }],
  ])('goes on where it is asked for again: %s', async (_, parameters) => {
    const { begun, resume } = await upToResuming(parameters as Record<string, string>);
    await loseAnswer(resume);
    const { left } = await follow(browser, sekisho.issuer, resume);
    const tokens = await exchange(party, left as URL, begun);
    expect(tokens.claims()?.sub).toBeDefined();
  });

  it('is over where the answer arrived', async () => {
    const { resume } = await upToResuming();
    await follow(browser, sekisho.issuer, resume);
    expect((await browser.send(resume)).status).toBe(400);
  });

  it('is over a minute later', async () => {
    const { resume } = await upToResuming();
    await loseAnswer(resume);
    clock.advance(minutes(1));
    expect((await browser.send(resume)).status).toBe(400);
  });

  it('is not resumed by whoever has no part in the session', async () => {
    const { resume } = await upToResuming();
    await loseAnswer(resume);
    const thief = new CookieBrowser();
    for (const [name, value] of browser.cookies(sekisho.issuer)) {
      if (name !== 'sekisho-session') thief.setCookie(sekisho.issuer, name, value);
    }
    expect((await follow(thief, sekisho.issuer, resume)).left?.searchParams.get('code')).toBeFalsy();
  });

  it('takes no other answer to its pages', async () => {
    const { page, resume } = await upToResuming();
    await loseAnswer(resume);
    const again = await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
    expect(again.page?.status).toBe(200);
    expect(again.left).toBeUndefined();
  });
});
