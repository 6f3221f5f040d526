/** How a service proves itself at the token endpoint: what opens, and everything that looks like it and must not. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, SignJWT, UnsecuredJWT } from 'jose';
import * as client from 'openid-client';
import { digestOf } from '../../src/base/digest.ts';
import { minutes } from '../../src/base/duration.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { arrive, basic, type Fields, post, redeem, secret } from './program.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
let clock: FakeClock;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
});
afterEach(() => sekisho.close());

const keyPairs = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
} as const;

describe('a service with a secret', () => {
  it.each([
    ['client_secret_basic', client.ClientSecretBasic(secret)],
    ['client_secret_post', client.ClientSecretPost(secret)],
  ] as const)('is let in by %s', async (authentication, sent) => {
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library', secret, oidc: { authentication } });
    const party = await openParty(sekisho, 'library', sent);
    const { begun, callback } = await logIn(sekisho, party);
    expect((await exchange(party, callback, begun)).access_token).toBeTruthy();
  });

  const wrong: readonly (readonly [what: string, value: string])[] = [
    ['another secret', 'x'.repeat(43)],
    ['a secret that begins with the right one', `${secret}x`],
    ['the digest that the database holds', digestOf(secret)],
    ['no secret', ''],
  ];
  it.each(wrong)('is refused with %s', async (_what, value) => {
    const { fields } = await arrive(sekisho);
    const answer = await redeem(sekisho, fields, basic('library', value));
    expect([400, 401]).toContain(answer.status);
    expect(['invalid_client', 'invalid_request']).toContain(answer.body.error);
    expect((await redeem(sekisho, fields)).status).toBe(200);
  });

  it('is refused by its name alone', async () => {
    const { fields } = await arrive(sekisho);
    const answer = await redeem(sekisho, { ...fields, client_id: 'library' }, {});
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is let in by either secret while it changes over, and by the old one no longer than said', async () => {
    const old = 'o'.repeat(43);
    const now = clock.now();
    await sekisho.addConnection({
      id: 'library',
      secret,
      oidc: {
        secrets: [
          { digest: digestOf(secret), createdAt: now },
          { digest: digestOf(old), createdAt: now, expiresAt: now + minutes(10) },
        ],
      },
    });
    const knock = async (value: string) =>
      (await post(sekisho, '/oidc/introspect', { token: 'unknown' }, basic('library', value))).status;
    expect(await Promise.all([secret, old, digestOf(old)].map(knock))).toEqual([200, 200, 401]);
    clock.advance(minutes(10) - 1);
    expect(await knock(old)).toBe(200);
    clock.advance(1);
    expect(await Promise.all([secret, old].map(knock))).toEqual([200, 401]);
  });

  it('answers a wrong secret and an unknown service in the same words', async () => {
    await sekisho.addConnection({ id: 'library', secret });
    const known = await redeem(sekisho, { grant_type: 'authorization_code' }, basic('library', 'wrong'));
    const unknown = await redeem(sekisho, { grant_type: 'authorization_code' }, basic('nobody', 'wrong'));
    expect({ status: known.status, body: known.body }).toEqual({ status: unknown.status, body: unknown.body });
  });

  it('is let in once per request: two ways at the same time are refused', async () => {
    const { fields } = await arrive(sekisho);
    const answer = await redeem(sekisho, { ...fields, client_id: 'library', client_secret: secret });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('what a database thief could sign', () => {
  it.each([
    ['the stored digest', digestOf(secret)],
    ['the bytes of the stored digest', 'bytes'],
  ])('is refused: an assertion by HS256 under %s', async (_what, key) => {
    const { fields } = await arrive(sekisho);
    const bytes = key === 'bytes' ? Buffer.from(digestOf(secret), 'base64url') : new TextEncoder().encode(key);
    const assertion = await assertionOf('library', sekisho.issuer).setProtectedHeader({ alg: 'HS256' }).sign(bytes);
    const answer = await redeem(sekisho, { ...fields, ...presented(assertion) }, {});
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

describe('a service with a key', () => {
  async function addKeyService(algorithm: keyof typeof keyPairs = 'ES256'): Promise<KeyObject> {
    const { publicKey, privateKey } = keyPairs[algorithm]();
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' }];
    await sekisho.addConnection({ id: 'library', oidc: { authentication: 'private_key_jwt', keys } });
    return privateKey;
  }
  const signed = (key: KeyObject, change: Readonly<Record<string, unknown>> = {}, alg = 'ES256') =>
    assertionOf('library', sekisho.issuer, change).setProtectedHeader({ alg, kid: 'one' }).sign(key);
  const knock = (assertion: string, more: Fields = {}) =>
    post(sekisho, '/oidc/introspect', { token: 'unknown', ...presented(assertion), ...more });

  it.each(Object.keys(keyPairs) as (keyof typeof keyPairs)[])('is let in by its %s signature', async (algorithm) => {
    const key = await addKeyService(algorithm);
    await sekisho.addAccount();
    const webKey = await crypto.subtle.importKey(
      'pkcs8',
      key.export({ type: 'pkcs8', format: 'der' }),
      {
        RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
        ES256: { name: 'ECDSA', namedCurve: 'P-256' },
        EdDSA: { name: 'Ed25519' },
      }[algorithm],
      false,
      ['sign'],
    );
    const party = await openParty(sekisho, 'library', client.PrivateKeyJwt({ key: webKey, kid: 'one' }));
    const { begun, callback } = await logIn(sekisho, party);
    expect((await exchange(party, callback, begun)).access_token).toBeTruthy();
  });

  it('is let in once by one assertion', async () => {
    const assertion = await signed(await addKeyService());
    expect((await knock(assertion)).status).toBe(200);
    expect(await knock(assertion)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('is let in once by one assertion that comes ten times at once', async () => {
    const assertion = await signed(await addKeyService());
    const answers = await Promise.all(Array.from({ length: 10 }, () => knock(assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(401)]);
  });

  const past = Math.floor(Date.now() / 1000) - 120;
  const changed: readonly (readonly [what: string, change: Readonly<Record<string, unknown>>])[] = [
    ['for another audience', { aud: 'https://evil.example' }],
    ['by another issuer', { iss: 'other' }],
    ['that has expired', { exp: past }],
    ['that never expires', { exp: undefined }],
    ['without a name of its own', { jti: undefined }],
    ['that is not good yet', { nbf: past + 600 }],
  ];
  it.each(changed)('is refused with an assertion %s', async (_what, change) => {
    const key = await addKeyService();
    expect((await knock(await signed(key, change))).status).toBe(401);
    expect((await knock(await signed(key))).status).toBe(200);
  });

  it.each(['', '/oidc/token', '/oidc/introspect'])(
    'is let in with an assertion for the issuer, its token endpoint or the endpoint itself (%p)',
    async (path) => {
      const key = await addKeyService();
      expect((await knock(await signed(key, { aud: sekisho.issuer + path }))).status).toBe(200);
    },
  );

  it.each(['/oidc/token', '/oidc/introspect'])(
    'is refused with an assertion for a stranger whom the request line names (%s)',
    async (path) => {
      const key = await addKeyService();
      const assertion = await signed(key, { aud: `https://other-as.example${path}` });
      const body = new URLSearchParams({ token: 'unknown', ...presented(assertion) }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const target = 'https://other-as.example/oidc/introspect';
      expect((await rawRequest(sekisho, target, headers, { method: 'POST', body })).status).toBe(421);
      expect((await rawRequest(sekisho, '/oidc/introspect', headers, { method: 'POST', body })).status).toBe(401);
    },
  );

  it('is refused with an assertion by another key', async () => {
    await addKeyService();
    const { privateKey } = keyPairs.ES256();
    expect((await knock(await signed(privateKey))).status).toBe(401);
  });

  it('is refused with an assertion that nobody signed', async () => {
    await addKeyService();
    const claims = { iss: 'library', sub: 'library', aud: sekisho.issuer, jti: 'j', exp: past + 180 };
    expect((await knock(new UnsecuredJWT(claims).encode())).status).toBe(401);
  });

  it('is refused with its public key used as a shared one', async () => {
    const { publicKey } = keyPairs.RS256();
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'one' }];
    await sekisho.addConnection({ id: 'library', oidc: { authentication: 'private_key_jwt', keys } });
    const shared = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }));
    const assertion = await assertionOf('library', sekisho.issuer)
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(shared);
    expect((await knock(assertion)).status).toBe(401);
  });
});

const presented = (assertion: string): Fields => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** RFC 7523, 3. `change` overwrites claims; undefined leaves one out. */
function assertionOf(id: string, audience: string, change: Readonly<Record<string, unknown>> = {}): SignJWT {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: id, sub: id, aud: audience, jti: crypto.randomUUID(), iat: now, exp: now + 60, ...change };
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)));
}
