/** What must be true of a logout token before a service believes it: each refusal differs from a good one in one thing. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { LogoutTokens } from '../../../src/demo/services/oidc/logout-tokens.ts';

const now = Date.UTC(2026, 3, 10, 8);
const seconds = now / 1000;
const event = 'http://schemas.openid.net/event/backchannel-logout';
const good: JWTPayload = {
  iss: 'https://sekisho.example',
  aud: 'mykuline',
  sub: 'sub-1',
  sid: 'sid-1',
  jti: 'jti-1',
  iat: seconds,
  exp: seconds + 120,
  events: { [event]: {} },
};

describe('a logout token', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let foreign: typeof keys;
  let published: ReturnType<typeof createLocalJWKSet>;
  beforeAll(async () => {
    [keys, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
    published = createLocalJWKSet({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'ES256' }] });
  });

  const reader = (at = now) =>
    new LogoutTokens({ issuer: 'https://sekisho.example', clientId: 'mykuline', keys: published, now: () => at });
  const sign = (claims: JWTPayload, header: { typ?: string } = { typ: 'logout+jwt' }, key = keys.privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key-1', ...header }).sign(key);
  const without = (claim: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== claim));

  it('says whose login has ended', async () => {
    expect(await reader().read(await sign(good))).toEqual({ sid: 'sid-1', sub: 'sub-1' });
    expect(await reader().read(await sign(without('sid')))).toEqual({ sid: undefined, sub: 'sub-1' });
    expect(await reader().read(await sign(without('sub')))).toEqual({ sid: 'sid-1', sub: undefined });
  });

  it.each<[string, () => Promise<string>]>([
    ['no token', async () => 'x.y.z'],
    ['one that somebody else signed', () => sign(good, undefined, foreign.privateKey)],
    ['one of another issuer', () => sign({ ...good, iss: 'https://evil.example' })],
    ['one for another service', () => sign({ ...good, aud: 'kulasis' })],
    ['an ID token', () => sign(good, { typ: 'JWT' })],
    ['one without a type', () => sign(good, {})],
    ['one with a nonce', () => sign({ ...good, nonce: 'n' })],
    ['one that tells of nothing', () => sign(without('events'))],
    ['one that tells of something else', () => sign({ ...good, events: { 'urn:other': {} } })],
    ['one whose event is no object', () => sign({ ...good, events: { [event]: true } })],
    ['one of nobody', () => sign({ ...without('sub'), sid: undefined })],
    ['one that cannot be told from its copy', () => sign(without('jti'))],
    ['one without a time', () => sign(without('iat'))],
    ['one without an end', () => sign(without('exp'))],
    ['one that is over', () => sign({ ...good, iat: seconds - 200, exp: seconds - 20 })],
    ['one that was kept too long', () => sign({ ...good, iat: seconds - 400, exp: seconds + 120 })],
    ['one from the future', () => sign({ ...good, iat: seconds + 60 })],
  ])('is refused: %s', async (_what, make) => {
    await expect(reader().read(await make())).rejects.toThrow();
  });

  it('is taken once', async () => {
    const one = reader();
    const token = await sign(good);
    await one.read(token);
    await expect(one.read(token)).rejects.toThrow('good once');
    expect(await one.read(await sign({ ...good, jti: 'jti-2' }))).toMatchObject({ sid: 'sid-1' });
  });
});
