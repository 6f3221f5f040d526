/** Into KUMOI by SAML, against a provider that is not ours; each refused answer differs from a good one in one thing. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { affiliationName, displayName, jaDisplayName } from '../../../src/demo/services/saml/read-assertion.ts';
import { CookieBrowser } from '../../support/cookie-browser.ts';
import { type KumoiStage, setKumoiStage } from '../kumoi-stage.ts';
import { base64, foreignKey, messageIn, type ResponseWishes, responseOf, statusOf } from '../plain-saml-provider.ts';

let stage: KumoiStage;
beforeEach(async () => {
  stage = await setKumoiStage();
});
afterEach(() => stage.close());

const person = {
  [displayName]: ['Hanako Kyoto'],
  [jaDisplayName]: ['京都 花子'],
  [affiliationName]: ['student', 'member'],
};

describe('signing in', () => {
  it('asks with a signed request in answer to which the assertion comes', async () => {
    stage.provider.open();
    const { url, requestId, state } = await stage.ask();
    expect(url.href).toContain(`${stage.provider.origin}/sso?`);
    expect([...url.searchParams.keys()]).toEqual(['SAMLRequest', 'RelayState', 'SigAlg', 'Signature']);
    expect(requestId).toMatch(/^_[0-9a-f]{40}$/);
    expect(state).toMatch(/^[\w-]{43}$/);
    const request = messageIn(url);
    expect(request).toContain(`AssertionConsumerServiceURL="${stage.kumoi.origin}/saml/acs"`);
    expect(request).toContain(`>${stage.kumoi.origin}/saml/metadata<`);
  });

  it.each([
    ['ja', '京都 花子', '学生'],
    ['en', 'Hanako Kyoto', 'Student'],
  ])('shows who is signed in: %s', async (language, name, affiliation) => {
    stage.browser.headers['accept-language'] = language;
    const page = await stage.login('/', { attributes: person });
    expect(page.url.href).toBe(`${stage.kumoi.origin}/`);
    expect(page.html).toContain(`data-testid="name">${name}<`);
    expect(page.html).toContain(`data-testid="affiliation">${affiliation}<`);
  });

  it('lists every attribute received, and how the person logged in', async () => {
    const { html } = await stage.login('/', { attributes: { ...person, 'urn:example:own': ['a', 'b'] } });
    const listed = [...html.matchAll(/data-claim="([^"]+)"/g)].map(([, name]) => name);
    const login = ['AuthnContextClassRef', 'AuthnInstant', 'NameID', 'SessionIndex', 'Issuer', 'Audience'];
    expect(listed).toEqual(expect.arrayContaining([...Object.keys(person), 'urn:example:own', ...login]));
    expect(html).toContain('urn:example:mfa');
    expect(html).toContain('<span class="line">b</span>');
  });

  it('prints hostile attributes as text', async () => {
    const hostile = '&lt;img src=x onerror="alert(1)"&gt;';
    const { html } = await stage.login('/', { nameId: hostile, attributes: { [jaDisplayName]: [hostile] } });
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('&lt;img src=x');
  });

  it('copes with a person about whom nothing but the identifier is known', async () => {
    const page = await stage.login('/', { attributes: {} });
    expect(page.status).toBe(200);
    expect(page.html).toContain('data-testid="name">hanako<');
    expect(page.html).toContain('メールアドレスを受け取っていない');
  });

  it('returns to the mail whose link was followed, and to no other place', async () => {
    expect((await stage.browser.visit(`${stage.kumoi.origin}/mails/report`).catch(() => undefined))?.status).toBe(503);
    expect((await stage.login('/mails/report')).url.pathname).toBe('/mails/report');
    const other = new CookieBrowser();
    for (const to of ['https://evil.example/', '//evil.example/', '/mails/..%2F', '/mails/a/b']) {
      const asked = await stage.ask(to, other);
      const page = await stage.answer(asked, responseOf(stage.wishesFor(asked)), other);
      expect(page.url.href).toBe(`${stage.kumoi.origin}/`);
      other.setCookie(stage.kumoi.origin, 'kumoi_session', '');
    }
  });

  it('keeps the logins of several tabs apart', async () => {
    stage.provider.open();
    const [first, second] = [await stage.ask('/sent'), await stage.ask('/junk')];
    const answers = [second, first].map((asked) => () => stage.answer(asked, responseOf(stage.wishesFor(asked))));
    const paths = [];
    for (const answer of answers) paths.push((await answer()).url.pathname);
    // The second finds the person signed in, and has nothing left to do.
    expect(paths).toEqual(['/junk', '/']);
    expect(stage.lines).toEqual([]);
  });

  it('does nothing when the answer comes a second time', async () => {
    stage.provider.open();
    const asked = await stage.ask();
    const message = responseOf(stage.wishesFor(asked));
    await stage.answer(asked, message);
    expect((await stage.answer(asked, message)).html).toContain('data-testid="logout"');
    const other = new CookieBrowser();
    expect((await stage.answer(asked, message, other)).status).toBe(400);
    expect(await stage.isSignedIn(other)).toBe(false);
  });
});

describe('when a login fails', () => {
  const refused: readonly [string, (asked: ResponseWishes) => Promise<string>][] = [
    ['no message', async () => ''],
    ['no XML', async () => base64('hello')],
    ['an unsigned response', async (good) => responseOf({ ...good, responseKey: null })],
    ['an unsigned assertion', async (good) => responseOf({ ...good, assertionKey: null })],
    ['a response that somebody else signed', async (good) => responseOf({ ...good, responseKey: await foreignKey })],
    ['an assertion that somebody else signed', async (good) => responseOf({ ...good, assertionKey: await foreignKey })],
    ['an assertion of another provider', async (good) => responseOf({ ...good, issuer: 'https://evil.example' })],
    ['one for another service', async (good) => responseOf({ ...good, audience: 'https://other.example' })],
    ['one in answer to another request', async (good) => responseOf({ ...good, requestId: '_other' })],
    ['one that is over', async (good) => responseOf({ ...good, validForMs: -120_000 })],
    [
      'one that was changed',
      async (good) => base64(Buffer.from(responseOf(good), 'base64').toString().replace('>hanako<', '>taro<')),
    ],
  ];

  it.each(refused)('lets nobody in with %s', async (_what, make) => {
    stage.provider.open();
    const asked = await stage.ask();
    const page = await stage.answer(asked, await make(stage.wishesFor(asked)));
    expect(page.status).toBe(502);
    expect(page.html).toContain('data-testid="trouble"');
    expect(stage.lines).toEqual([expect.stringMatching(/^kumoi: failed: /)]);
    expect(await stage.isSignedIn()).toBe(false);
  });

  it('does not believe an answer to a login that another browser began', async () => {
    stage.provider.open();
    const asked = await stage.ask('/', new CookieBrowser());
    expect((await stage.answer(asked, responseOf(stage.wishesFor(asked)))).status).toBe(400);
    expect(await stage.isSignedIn()).toBe(false);
  });

  it('says that it was refused, with the code for the desk, and offers to log in again', async () => {
    stage.provider.open();
    const asked = await stage.ask('/junk');
    const page = await stage.answer(asked, statusOf(stage.wishesFor(asked), 'RequestDenied'));
    expect(page.status).toBe(403);
    expect(page.html).toContain('ログインは行われませんでした');
    expect(page.html).toContain('<code>RequestDenied</code>');
    expect(page.html).toContain('href="/login?to=%2Fjunk"');
  });

  it('says kindly that the provider is down, and works once it is up', async () => {
    expect((await stage.browser.visit(`${stage.kumoi.origin}/login`)).status).toBe(503);
    expect((await stage.login()).html).toContain('data-testid="logout"');
  });

  it('takes no more than a message', async () => {
    const body = new URLSearchParams({ SAMLResponse: 'x'.repeat(200_000) });
    const page = await stage.browser.visit(`${stage.kumoi.origin}/saml/acs`, { method: 'POST', body });
    expect(page.status).toBe(403);
  });
});
