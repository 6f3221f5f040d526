/** Out of KUMOI, begun here or there; each message that is not believed differs from a good one in one thing. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../../support/cookie-browser.ts';
import { type KumoiStage, setKumoiStage } from '../kumoi-stage.ts';
import {
  base64,
  foreignKey,
  logoutRequestOf,
  logoutResponseOf,
  messageIn,
  partial,
  redirected,
  responseOf,
  signed,
} from '../plain-saml-provider.ts';

let stage: KumoiStage;
beforeEach(async () => {
  stage = await setKumoiStage();
  await stage.login();
});
afterEach(() => stage.close());

const ownForm = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } };
const slo = (query = '') => `${stage.kumoi.origin}/saml/slo${query && `?${query}`}`;
const post = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

describe('logging out here', () => {
  async function leave(): Promise<{ url: URL; requestId: string; state: string }> {
    const response = await stage.browser.send(`${stage.kumoi.origin}/logout`, ownForm);
    expect(response.status).toBe(303);
    const url = new URL(response.headers.get('location') ?? '');
    const requestId = / ID="([^"]+)"/.exec(messageIn(url))?.[1] ?? '';
    return { url, requestId, state: url.searchParams.get('RelayState') ?? '' };
  }

  it('ends the session here, and asks the provider in a signed request to end its own', async () => {
    const { url } = await leave();
    expect(url.href).toContain(`${stage.provider.origin}/slo?`);
    expect(url.searchParams.has('Signature')).toBe(true);
    expect(messageIn(url)).toMatch(/>hanako<.*SessionIndex[^>]*>_index</);
    expect(await stage.isSignedIn()).toBe(false);
  });

  it.each([
    ['everything has ended', '', 'それらからもログアウトしています'],
    ['not everything has ended', partial, 'ログアウトを確認できなかったもの'],
  ])('tells what the provider says, by redirect and by form: %s', async (_what, inner, words) => {
    const { requestId, state } = await leave();
    const xml = logoutResponseOf(stage.provider, requestId, inner);
    const byRedirect = await stage.browser.visit(slo(redirected('SAMLResponse', xml, state, stage.provider.key)));
    expect(byRedirect.url.pathname).toBe('/logged-out');
    expect(byRedirect.html).toContain('KUMOI からログアウトしました');
    expect(byRedirect.html).toContain(words);
    const form = { SAMLResponse: base64(signed(xml, 'LogoutResponse', stage.provider.key)), RelayState: state };
    expect((await stage.browser.visit(slo(), post(form))).html).toContain(words);
  });

  const unbelieved: readonly [string, (id: string, state: string) => Promise<[string, RequestInit?]>][] = [
    [
      'nobody has signed',
      async (id, state) => [slo(redirected('SAMLResponse', logoutResponseOf(stage.provider, id), state))],
    ],
    [
      'somebody else has signed',
      async (id, state) => [
        slo(redirected('SAMLResponse', logoutResponseOf(stage.provider, id), state, await foreignKey)),
      ],
    ],
    [
      'answers another question',
      async (_id, state) => [
        slo(redirected('SAMLResponse', logoutResponseOf(stage.provider, '_other'), state, stage.provider.key)),
      ],
    ],
    [
      'comes in a form that nobody has signed',
      async (id, state) => [
        slo(),
        post({ SAMLResponse: base64(logoutResponseOf(stage.provider, id)), RelayState: state }),
      ],
    ],
  ];

  it.each(unbelieved)('does not believe an answer that %s', async (_what, make) => {
    const { requestId, state } = await leave();
    const [url, init] = await make(requestId, state);
    expect((await stage.browser.visit(url, init)).status).toBe(403);
    expect(stage.lines).toEqual([expect.stringContaining('kumoi: logout message: ')]);
    const farewell = await stage.browser.visit(`${stage.kumoi.origin}/logged-out?state=${state}`);
    expect(farewell.html).toContain('ログインしたままにした場合');
  });

  it('says so when the provider cannot be asked', async () => {
    const other = await setKumoiStage();
    other.provider.open({ takesLogout: false });
    const asked = await other.ask();
    await other.answer(asked, responseOf(other.wishesFor(asked)));
    const page = await other.browser.visit(`${other.kumoi.origin}/logout`, ownForm);
    expect(page.html).toContain('KUMOI からログアウトしました');
    expect(page.html).toContain('ほかのサービスにはログインしたままのことがあります');
    await other.close();
  });
});

describe('a login that ends elsewhere', () => {
  it.each([
    ['by redirect', () => [slo(redirected('SAMLRequest', logoutRequestOf(stage.provider), 'r', stage.provider.key))]],
    [
      'by form',
      () => [
        slo(),
        post({
          SAMLRequest: base64(signed(logoutRequestOf(stage.provider), 'LogoutRequest', stage.provider.key)),
          RelayState: 'r',
        }),
      ],
    ],
  ] as const)('is ended here without the browser’s cookie, and answered: %s', async (_how, make) => {
    const [url, init] = make() as [string, RequestInit?];
    // In a frame of the provider's page our cookie is not sent.
    const response = await new CookieBrowser().send(url, init);
    const answer = new URL(response.headers.get('location') ?? '');
    expect(answer.href).toContain(`${stage.provider.origin}/slo?`);
    expect(answer.searchParams.get('RelayState')).toBe('r');
    expect(messageIn(answer)).toMatch(/InResponseTo="_logout".*status:Success"/);
    const page = await stage.browser.visit(`${stage.kumoi.origin}/junk`);
    expect(page.html).toContain('data-testid="ended-elsewhere"');
    expect(page.html).not.toContain('data-testid="name"');
  });

  it.each([
    ['somebody else', 'taro', '_index'],
    ['another login of the same person', 'hanako', '_other'],
  ])('leaves this one alone when it is that of %s', async (_whose, nameId, index) => {
    const request = logoutRequestOf(stage.provider, nameId, index);
    const response = await stage.browser.send(slo(redirected('SAMLRequest', request, '', stage.provider.key)));
    expect(response.status).toBe(303);
    expect(await stage.isSignedIn()).toBe(true);
  });

  const query = (key = stage.provider.key) => redirected('SAMLRequest', logoutRequestOf(stage.provider), 'r', key);
  it.each<[string, () => Promise<[string, RequestInit?]>]>([
    ['nothing', async () => [slo()]],
    ['a query that nobody has signed', async () => [slo(query().replace(/&Signature=.*/, ''))]],
    ['a query that somebody else has signed', async () => [slo(query(await foreignKey))]],
    [
      'a signed query with a second message, which would be the one that is read',
      async () => {
        const harmless = redirected('SAMLRequest', logoutRequestOf(stage.provider, 'taro'), 'r', stage.provider.key);
        const [forged = ''] = redirected('SAMLRequest', logoutRequestOf(stage.provider), 'r').split('&');
        return [slo(`${harmless}&${forged}`)];
      },
    ],
    [
      'a form that nobody has signed',
      async () => [slo(), post({ SAMLRequest: base64(logoutRequestOf(stage.provider)) })],
    ],
    [
      'a form that somebody else has signed',
      async () => [
        slo(),
        post({ SAMLRequest: base64(signed(logoutRequestOf(stage.provider), 'LogoutRequest', await foreignKey)) }),
      ],
    ],
    ['an answer to nobody’s question', async () => [slo(query().replace('SAMLRequest', 'SAMLResponse'))]],
  ])('is not believed when %s comes', async (_what, make) => {
    const [url, init] = await make();
    const page = await stage.browser.visit(url, init);
    expect(page.status).toBe(403);
    expect(page.html).toContain('操作を受け付けませんでした');
    expect(stage.lines).toEqual([expect.stringContaining('kumoi: logout message: ')]);
    expect(await stage.isSignedIn()).toBe(true);
  });
});

it('lets the same person sign in again, under another index', async () => {
  await stage.browser.send(`${stage.kumoi.origin}/logout`, ownForm);
  const asked = await stage.ask();
  await stage.answer(asked, responseOf({ ...stage.wishesFor(asked), sessionIndex: '_second' }));
  expect(await stage.isSignedIn()).toBe(true);
});
