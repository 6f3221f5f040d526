/** An authorization code is good once, for the service that it was given to, in the hands of who began (RFC 9700 2.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, follow, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { arrive, basic, redeem, secret, userinfo } from './program.ts';

let sekisho: TestSekisho;
beforeEach(async () => {
  sekisho = await startSekisho();
});
afterEach(() => sekisho.close());

describe('a code', () => {
  it('is refused the second time, and takes back what it gave the first time', async () => {
    const { fields } = await arrive(sekisho, { scope: 'openid offline_access' });
    const first = await redeem(sekisho, fields);
    expect((await userinfo(sekisho, first.body.access_token)).status).toBe(200);

    expect(await redeem(sekisho, fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await userinfo(sekisho, first.body.access_token)).status).toBe(401);
  });

  it('gives one answer to twenty who come at once, and the race takes its tokens back', async () => {
    const { fields } = await arrive(sekisho);
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(sekisho, fields)));
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(won).toHaveLength(1);
    expect(lost.map(({ status, body }) => `${status} ${body.error}`)).toEqual(Array(19).fill('400 invalid_grant'));
    expect((await userinfo(sekisho, won[0]?.body.access_token)).status).toBe(401);
  });

  it('is refused to another service, and stays good for its own', async () => {
    const { fields } = await arrive(sekisho);
    await sekisho.addConnection({ id: 'other', secret });
    const stolen = await redeem(sekisho, fields, basic('other'));
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await redeem(sekisho, fields)).status).toBe(200);
  });

  const changed: readonly (readonly [what: string, change: Readonly<Record<string, string>>])[] = [
    ['a wrong verifier', { code_verifier: 'w'.repeat(43) }],
    ['the challenge in place of the verifier', { code_verifier: 'challenge' }],
    ['another redirect address', { redirect_uri: 'https://library.example/other' }],
    ['a code that nobody was given', { code: 'c'.repeat(43) }],
  ];
  it.each(changed)('is refused with %s', async (_what, change) => {
    const { fields, begun } = await arrive(sekisho);
    const challenge = begun.url.searchParams.get('code_challenge') ?? '';
    const sent = change.code_verifier === 'challenge' ? { code_verifier: challenge } : change;
    expect(await redeem(sekisho, { ...fields, ...sent })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('is refused without the verifier', async () => {
    const { fields } = await arrive(sekisho);
    const { code_verifier: _verifier, ...bare } = fields as Record<string, string>;
    expect(await redeem(sekisho, bare)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('a request', () => {
  async function ask(change: (parameters: URLSearchParams) => void, pkce: 'required' | 'optional' = 'required') {
    await sekisho.addConnection({ id: 'library', secret, oidc: { pkce } });
    const party = await openParty(sekisho, 'library');
    const { url } = await beginRequest(party);
    change(url.searchParams);
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '', sekisho.issuer);
  }
  const dropPkce = (parameters: URLSearchParams) => {
    parameters.delete('code_challenge');
    parameters.delete('code_challenge_method');
  };

  it('is sent back without PKCE', async () => {
    const back = await ask(dropPkce);
    expect(back.host).toBe('library.example');
    expect(back.searchParams.get('error')).toBe('invalid_request');
  });

  it('is sent back when PKCE was downgraded to plain', async () => {
    const back = await ask((parameters) => parameters.set('code_challenge_method', 'plain'));
    expect(back.searchParams.get('error')).toBe('invalid_request');
  });

  it('is sent back with a challenge whose method is left out, which would mean plain', async () => {
    const back = await ask((parameters) => parameters.delete('code_challenge_method'));
    expect(back.searchParams.get('error')).toBe('invalid_request');
  });

  it('passes without PKCE where the connection may, by its nonce', async () => {
    const on = await ask(dropPkce, 'optional');
    expect(on.pathname).toMatch(/^\/login\//);
  });

  it('is sent back without PKCE and nonce even there', async () => {
    const back = await ask((parameters) => {
      dropPkce(parameters);
      parameters.delete('nonce');
    }, 'optional');
    expect(back.searchParams.get('error')).toBe('invalid_request');
  });

  const deepClaims = `{"userinfo":{"email":{"value":${'['.repeat(1_100)}${']'.repeat(1_100)}}}}`;
  const elsewhere: readonly (readonly [what: string, name: string, value: string, error: string])[] = [
    ['a request object', 'request', 'eyJhbGciOiJub25lIn0.e30.', 'request_not_supported'],
    ['a request object to be fetched', 'request_uri', 'https://evil.example/request', 'request_uri_not_supported'],
    ['an implicit answer', 'response_type', 'id_token token', 'unsupported_response_type'],
    ['its own registration', 'registration', '{}', 'registration_not_supported'],
    ['claims nested deeper than any are', 'claims', deepClaims, 'invalid_request'],
  ];
  it.each(elsewhere)('is refused with %s', async (_what, name, value, error) => {
    await sekisho.addConnection({ id: 'library', secret });
    const { url } = await beginRequest(await openParty(sekisho, 'library'));
    url.searchParams.set(name, value);
    const { left, page } = await follow(new CookieBrowser(), sekisho.issuer, url);
    const said = left ? `${left.searchParams.get('error') ?? left.hash}` : `${page?.html}`;
    expect(said).toContain(error);
    expect(left?.searchParams.get('code') ?? null).toBeNull();
  });
});
