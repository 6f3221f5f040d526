/** A service that publishes its keys (jwks_uri), and what becomes of it when they change, or when their host does not answer. */
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import * as client from 'openid-client';
import { hours, minutes } from '../../src/base/duration.ts';
import { answer, type LocalServer, type Script, serve } from '../outgoing/local-server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { post } from './program.ts';

const pairOf = (kid: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
};
const [one, two] = [pairOf('one'), pairOf('two')];
const setOf = (...pairs: readonly { readonly jwk: object }[]) =>
  answer('HTTP/1.1 200 OK\nCache-Control: max-age=31536000', JSON.stringify({ keys: pairs.map(({ jwk }) => jwk) }));
const down: Script = (socket) => socket.resetAndDestroy();

let script: Script;
let host: LocalServer;
let clock: FakeClock;
let sekisho: TestSekisho;
beforeEach(async () => {
  script = setOf(one);
  host = await serve((socket) => script(socket));
  clock = new FakeClock();
  sekisho = await startSekisho({ clock, environment: { SEKISHO__OUTGOING__TOTALTIME: '1s' } });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await sekisho.close();
  await host.close();
});

const keysAt = (jwksUri: string) =>
  sekisho.addConnection({ id: 'library', oidc: { authentication: 'private_key_jwt', jwksUri } });
const publish = () => keysAt(`http://library.localhost:${host.port}/keys`);

/** Knocks at the introspection endpoint with an assertion (RFC 7523), made by this key under its name. */
async function knock({ kid, privateKey }: { readonly kid: string; readonly privateKey: KeyObject }) {
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ iss: 'library', sub: 'library', aud: sekisho.issuer, jti: randomUUID() })
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey);
  return post(sekisho, '/oidc/introspect', {
    token: 'unknown',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}

/** oidc-provider reads the system's clock, and keeps a fetched set for a minute. */
function pass(time: number): void {
  clock.advance(time);
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + time);
}

const refused = { status: 401, body: { error: 'invalid_client', error_description: 'client authentication failed' } };

describe('a service that publishes its keys', () => {
  it('is let in through a whole login, and its keys are fetched once', async () => {
    await publish();
    await sekisho.addAccount();
    const key = one.privateKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']) as CryptoKey;
    const party = await openParty(sekisho, 'library', client.PrivateKeyJwt({ key, kid: 'one' }));
    const { begun, callback } = await logIn(sekisho, party);
    expect(host.received).toEqual([]);
    expect((await exchange(party, callback, begun)).access_token).toBeTruthy();
    await Promise.all(Array.from({ length: 10 }, () => knock(one)));
    expect(host.received).toHaveLength(1);
  });

  it('is let in with a new key after a minute, whatever it said of the age of the old', async () => {
    await publish();
    expect((await knock(one)).status).toBe(200);
    script = setOf(one, two);
    expect(await knock(two)).toMatchObject(refused);
    pass(minutes(1));
    expect((await knock(two)).status).toBe(200);
    expect((await knock(one)).status).toBe(200);
    expect(host.received).toHaveLength(2);
  });

  it('is not let in with a key that it withdrew, after an hour', async () => {
    await publish();
    expect((await knock(one)).status).toBe(200);
    script = setOf(two);
    clock.advance(hours(1));
    expect(await knock(one)).toMatchObject(refused);
    expect((await knock(two)).status).toBe(200);
  });

  it.each<readonly [string, Script]>([
    ['is down', down],
    ['is silent', () => {}],
    ['sends elsewhere', answer('HTTP/1.1 302 Found\nLocation: https://www.example/')],
    [
      'says too much',
      answer('HTTP/1.1 200 OK', JSON.stringify({ keys: [one.jwk, two.jwk], much: 'x'.repeat(65_536) })),
    ],
  ])('is let in with the keys that were fetched before while their host %s', async (_, failure) => {
    await publish();
    await knock(one);
    script = failure;
    clock.advance(hours(5));
    expect((await knock(one)).status).toBe(200);
    expect(await knock(two)).toMatchObject(refused);
  });

  it.each<readonly [string, Script]>([
    ['is down', down],
    ['is silent', () => {}],
    ['sends elsewhere', answer('HTTP/1.1 302 Found\nLocation: https://www.example/')],
    [
      'says too much',
      answer('HTTP/1.1 200 OK', JSON.stringify({ keys: [one.jwk, two.jwk], much: 'x'.repeat(65_536) })),
    ],
  ])('is told that it is not known while the host of its keys %s, and logins there go on', async (_, failure) => {
    script = failure;
    await publish();
    await sekisho.addAccount();
    const { callback } = await logIn(sekisho, await openParty(sekisho, 'library'));
    expect(callback.searchParams.get('code')).toBeTruthy();
    expect(await knock(one)).toMatchObject(refused);
    script = setOf(one);
    clock.advance(10_000);
    expect((await knock(one)).status).toBe(200);
  });

  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/keys',
    'https://[::ffff:10.0.0.1]/keys',
    'http://192.168.1.1/keys',
    'https://library.invalid/keys',
  ])('is told no more than that where its keys lie at %s', async (jwksUri) => {
    await keysAt(jwksUri);
    const { status, body, text } = await knock(one);
    expect({ status, body }).toEqual(refused);
    expect(text).not.toMatch(/169|10\.|192|fetch|refused|network|library/);
    expect(sekisho.log.join()).toMatch(/address_refused|name_not_found/);
  });
});

describe('a service with addresses on several hosts', () => {
  const redirectUris = ['https://library.example/callback', 'https://other.example/callback'];

  it('has the subjects of the host of its list, which is not asked while somebody logs in', async () => {
    await sekisho.addAccount();
    const oidc = { subject: 'pairwise', redirectUris } as const;
    const sectorIdentifierUri = `http://sector.localhost:${host.port}/list`;
    script = down;
    const subjectAt = async (id: string) => {
      await sekisho.addConnection({
        id,
        oidc: { ...oidc, redirectUris: redirectUris.map((uri) => uri.replace('library', id)), sectorIdentifierUri },
      });
      const party = await openParty(sekisho, id);
      const { begun, callback } = await logIn(sekisho, party);
      return (await exchange(party, callback, begun)).claims()?.sub;
    };
    const [library, shop] = [await subjectAt('library'), await subjectAt('shop')];
    expect(library).toBeTruthy();
    expect(shop).toBe(library);
    expect(host.received).toEqual([]);
  });
});
