/** Logins as services make them: confidential and public, pushed or not, by public or pairwise subjects. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, exchange, follow, logIn, openParty, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { answerOf, enter, openService } from './enter.ts';
import { basic, post, secret } from './program.ts';

let sekisho: TestSekisho;
beforeEach(async () => {
  sekisho = await startSekisho();
});
afterEach(() => sekisho.close());

describe('OpenID Connect with code and PKCE', () => {
  it('gives an id token that says exactly what a password proves', async () => {
    const account = await sekisho.addAccount();
    const party = await openService(sekisho);
    const { tokens, callback } = await enter(sekisho, party);

    expect(tokens.claims()).toMatchObject({ sub: account.id, acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    expect(callback.searchParams.get('iss')).toBe(sekisho.issuer);
    const userinfo = await client.fetchUserInfo(party.config, tokens.access_token, account.id);
    expect(userinfo).toMatchObject({
      name: '京都 花子',
      email: 'a0123456@st.kyoto-u.ac.jp',
      eduperson_affiliation: ['student', 'member'],
    });
  });

  it('serves an application that cannot keep a secret', async () => {
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'app' });
    const party = await openParty(sekisho, 'app', client.None());
    expect((await enter(sekisho, party)).tokens.claims()?.aud).toBe('app');
  });

  it('gives back the state, and the nonce in the id token', async () => {
    await sekisho.addAccount();
    const { begun, callback } = await logIn(sekisho, await openService(sekisho));
    expect(callback.searchParams.get('state')).toBe(begun.state);
    expect(callback.searchParams.has('code')).toBe(true);
  });

  it('asserts no level for a password that was set under a weak rule', async () => {
    await sekisho.close();
    sekisho = await startSekisho({ environment: { SEKISHO__PASSWORD__PRESET: 'kyoto-2017' } });
    await sekisho.addAccount();
    const { tokens } = await enter(sekisho, await openService(sekisho));
    expect(tokens.claims()).not.toHaveProperty('acr');
    expect(tokens.claims()).toHaveProperty('amr', ['pwd']);
  });
});

describe('a pushed request', () => {
  const pushed = async (party: Party) => {
    const begun = await beginRequest(party);
    return { begun, url: await client.buildAuthorizationUrlWithPAR(party.config, begun.url.searchParams) };
  };
  const signIn = async (url: URL, browser = new CookieBrowser()) => {
    const { page, left } = await follow(browser, sekisho.issuer, url);
    if (!page?.html.includes('name="password"')) return { page, left };
    return submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
  };

  it('carries a whole login', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho);
    const { begun, url } = await pushed(party);
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const { left } = await signIn(url);
    expect((await exchange(party, left as URL, begun)).access_token).toBeTruthy();
  });

  it('is good once', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho);
    const { url } = await pushed(party);
    expect((await signIn(url)).left?.searchParams.has('code')).toBe(true);
    const again = await signIn(url);
    expect(again.left?.searchParams.has('code') ?? false).toBe(false);
  });

  it('is taken with no claims nested deeper than any are', async () => {
    const party = await openService(sekisho);
    const claims = `{"id_token":{"sub":{"value":${'['.repeat(1_100)}${']'.repeat(1_100)}}}}`;
    const { url } = await beginRequest(party, { claims });
    const pushing = client.buildAuthorizationUrlWithPAR(party.config, url.searchParams);
    await expect(pushing).rejects.toMatchObject({ status: 400, error: 'invalid_request' });
  });

  it('is not good for another service', async () => {
    const party = await openService(sekisho);
    await openService(sekisho, { id: 'other' });
    const { url } = await pushed(party);
    url.searchParams.set('client_id', 'other');
    const { page, left } = await signIn(url);
    expect(left?.searchParams.has('code') ?? false).toBe(false);
    expect(page?.html ?? '').not.toContain('name="password"');
  });

  it('is taken from nobody without the secret', async () => {
    const party = await openService(sekisho);
    const { url } = await beginRequest(party);
    const answer = await post(
      sekisho,
      '/oidc/request',
      Object.fromEntries(url.searchParams),
      basic('library', `${secret}x`),
    );
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is the only way in where the connection says so', async () => {
    await sekisho.addAccount();
    const party = await openService(sekisho, { oidc: { requiresPushedRequest: true } });
    expect(await answerOf(sekisho, party, new CookieBrowser())).toBe('invalid_request');
    expect((await signIn((await pushed(party)).url)).left?.searchParams.has('code')).toBe(true);
  });
});

describe('the subject', () => {
  const subOf = async (party: Party, loginName?: string) =>
    (await enter(sekisho, party, {}, new CookieBrowser(), loginName)).tokens.claims()?.sub;
  const pairwise = (id: string, host = id) =>
    openService(sekisho, {
      id,
      oidc: { subject: 'pairwise', redirectUris: [`https://${host}.example/callback`] },
    }).then((party) => ({ ...party, redirectUri: `https://${host}.example/callback` }));

  it('that is public is the same at every service', async () => {
    const { id } = await sekisho.addAccount();
    expect(await subOf(await openService(sekisho))).toBe(id);
    expect(await subOf(await openService(sekisho, { id: 'other' }))).toBe(id);
  });

  it('that is pairwise stays the same at a service, and tells nothing of the account', async () => {
    const { id } = await sekisho.addAccount();
    const party = await pairwise('clinic');
    const sub = await subOf(party);
    expect(sub).not.toContain(id);
    expect(await subOf(party)).toBe(sub);
  });

  it('that is pairwise differs by sector and by person, and only by them', async () => {
    await sekisho.addAccount();
    await sekisho.addAccount({ loginName: 'a0222222' });
    const clinic = await pairwise('clinic');
    const sub = await subOf(clinic);
    expect(await subOf(await pairwise('law'))).not.toBe(sub);
    expect(await subOf(clinic, 'a0222222')).not.toBe(sub);
    expect(await subOf(await pairwise('clinic-app', 'clinic'))).toBe(sub);
  });
});
