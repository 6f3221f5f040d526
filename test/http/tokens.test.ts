/** What a service receives and for how long: ID tokens, userinfo, refresh, introspection, revocation. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { type Approved, connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter, enterForLong, openService } from './enter.ts';
import { type Answered, basic, post, secret, userinfo } from './program.ts';

let sekisho: TestSekisho;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
});
afterEach(() => sekisho.close());

const refresh = (token: string | undefined): Promise<Answered> =>
  post(sekisho, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token ?? '' }, basic('library'));
const introspect = (token: string | undefined, by = 'library') =>
  post(sekisho, '/oidc/introspect', { token: token ?? '' }, basic(by));
const statusOf = async (token: unknown) => (await userinfo(sekisho, token)).status;

describe('an ID token', () => {
  it.each(['RS256', 'ES256', 'EdDSA'] as const)('is signed by %s where the connection says so', async (algorithm) => {
    const party = await openService(sekisho, { oidc: { idTokenAlgorithm: algorithm } });
    const { tokens } = await enter(sekisho, party);
    const keys = createRemoteJWKSet(new URL('/oidc/jwks', sekisho.issuer));
    const { payload } = await jwtVerify(tokens.id_token ?? '', keys, { issuer: sekisho.issuer, audience: 'library' });
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe(algorithm);
    expect(payload).toMatchObject({
      acr: 'https://refeds.org/profile/sfa',
      amr: ['pwd'],
      auth_time: expect.any(Number),
    });
  });

  it('says nothing of a person beyond the subject where only openid was asked', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho), { scope: 'openid' });
    const said = Object.keys(tokens.claims() ?? {});
    const technical = ['acr', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sub', 'at_hash', 'sid'];
    expect(said.filter((claim) => !technical.includes(claim))).toEqual([]);
    expect(said).toEqual(expect.arrayContaining(['sub', 'acr', 'amr', 'auth_time', 'nonce']));
  });
});

describe('userinfo', () => {
  it('gives what is released and asked for, and no more', async () => {
    const party = await openService(sekisho, { release: [{ attribute: 'mail', required: true }] });
    const { tokens } = await enter(sekisho, party, { scope: 'openid email' });
    const { body } = await userinfo(sekisho, tokens.access_token);
    expect(Object.keys(body).sort()).toEqual(['email', 'email_verified', 'sub']);
  });

  it('gives nothing for a scope that was not asked', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho), { scope: 'openid email' });
    const { body } = await userinfo(sekisho, tokens.access_token);
    expect(body.name).toBeUndefined();
    expect(body.email).toBe('a0123456@st.kyoto-u.ac.jp');
  });

  it('gives nothing beyond the release to a claims parameter that asks by name', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho), {
      scope: 'openid',
      claims: JSON.stringify({
        userinfo: { student_number: { essential: true }, preferred_username: null, name: null },
      }),
    });
    const { body } = await userinfo(sekisho, tokens.access_token);
    expect(Object.keys(body).sort()).toEqual(['name', 'sub']);
  });

  it('stops giving what the connection does not release any more', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    await change('library', { release: [{ attribute: 'mail', required: true }] });
    const { body } = await userinfo(sekisho, tokens.access_token);
    expect(body.name).toBeUndefined();
    expect(body.email).toBeDefined();
  });

  it.each([
    ['ja', '京都 花子'],
    ['en', 'Hanako Kyoto'],
    ['fr, en;q=0.5', 'Hanako Kyoto'],
  ])('speaks the language that is asked for (%s)', async (language, name) => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    const { body } = await userinfo(sekisho, tokens.access_token, { 'accept-language': language });
    expect(body.name).toBe(name);
  });

  it('is refused without a token, with a made-up one, and with a code or a refresh token in its place', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    expect(await statusOf('x'.repeat(43))).toBe(401);
    expect(await statusOf(tokens.refresh_token)).toBe(401);
    expect(await statusOf(tokens.id_token)).toBe(401);
    expect(await statusOf(tokens.access_token)).toBe(200);
  });
});

describe('a refresh token', () => {
  it('gives new tokens and is replaced by another', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    const { status, body } = await refresh(tokens.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(tokens.refresh_token);
    expect(await statusOf(body.access_token)).toBe(200);
  });

  it('that comes a second time takes everything back', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    const { body } = await refresh(tokens.refresh_token);
    expect(await refresh(tokens.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refresh(String(body.refresh_token))).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await statusOf(body.access_token)).toBe(401);
    expect(await statusOf(tokens.access_token)).toBe(401);
  });

  it('that comes ten times at once gives one answer, and the race takes it back', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(tokens.refresh_token)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await refresh(String(won[0]?.body.refresh_token))).toMatchObject({ status: 400 });
    expect(await statusOf(won[0]?.body.access_token)).toBe(401);
  });

  it('is refused to another service', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    await openService(sekisho, { id: 'other' });
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect(await post(sekisho, '/oidc/token', fields, basic('other'))).toMatchObject({ status: 400 });
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('cannot ask for more than it was given', async () => {
    const { tokens } = await enterForLong(sekisho, await openService(sekisho));
    const fields = {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
      scope: 'openid affiliation',
    };
    expect(await post(sekisho, '/oidc/token', fields, basic('library'))).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });

  it('is not given to a connection that may not have one', async () => {
    const party = await openService(sekisho, { oidc: { mayRefresh: false } });
    const { tokens } = await enter(sekisho, party, { scope: 'openid' });
    expect(tokens.refresh_token).toBeUndefined();
  });
});

describe('introspection', () => {
  it('tells a service about its own token', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    expect((await introspect(tokens.access_token)).body).toMatchObject({ active: true, client_id: 'library' });
  });

  it.each([
    [false, false],
    [true, true],
  ])('tells another service about it only with the connection’s word (%p)', async (mayIntrospect, active) => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    await openService(sekisho, { id: 'api', oidc: { mayIntrospect } });
    expect((await introspect(tokens.access_token, 'api')).body).toMatchObject({ active });
  });

  it('says only that it is not active of a token nobody knows', async () => {
    await openService(sekisho);
    expect((await introspect('unknown')).body).toEqual({ active: false });
  });

  it('names a person to another service by the subject of the token’s own service', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho, { oidc: { subject: 'pairwise' } }));
    await openService(sekisho, { id: 'api', oidc: { mayIntrospect: true } });
    expect((await introspect(tokens.access_token, 'api')).body.sub).toBe(tokens.claims()?.sub);
  });
});

describe('revocation', () => {
  it('of an access token ends it', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    const answer = await post(sekisho, '/oidc/revoke', { token: tokens.access_token }, basic('library'));
    expect(answer.status).toBe(200);
    expect(await statusOf(tokens.access_token)).toBe(401);
  });

  it('of a refresh token ends all that hangs on it', async () => {
    const party = await openService(sekisho);
    const { tokens } = await enterForLong(sekisho, party);
    await client.tokenRevocation(party.config, tokens.refresh_token ?? '');
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect(await statusOf(tokens.access_token)).toBe(401);
  });

  it('by another service does nothing', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    await openService(sekisho, { id: 'other' });
    await post(sekisho, '/oidc/revoke', { token: tokens.access_token }, basic('other'));
    expect(await statusOf(tokens.access_token)).toBe(200);
  });

  it('without the secret does nothing', async () => {
    const { tokens } = await enter(sekisho, await openService(sekisho));
    const answer = await post(sekisho, '/oidc/revoke', { token: tokens.access_token }, basic('library', `${secret}x`));
    expect(answer.status).toBe(401);
    expect(await statusOf(tokens.access_token)).toBe(200);
  });
});

async function change(id: string, fields: Partial<Approved>): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, id);
  if (!connection) throw new Error(`no connection ${id}`);
  await store.commit([replace(connections, { ...connection, ...fields })]);
}
