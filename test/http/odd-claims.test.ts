/**
 * Values of every JSON type where a token of a stranger, or of a service, should hold a text or a number: refused, never a
 * failure of ours. Nothing here succeeds for long, so one Sekisho serves all.
 */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, exportJWK } from 'jose';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, follow, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { get, post, secret } from './program.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let sekisho: TestSekisho;
beforeAll(async () => {
  sekisho = await startSekisho();
  await sekisho.addConnection({ id: 'library', secret });
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' }];
  await sekisho.addConnection({ id: 'keyed', oidc: { authentication: 'private_key_jwt', keys } });
});
afterAll(() => sekisho.close());

const soon = Math.floor(Date.now() / 1000) + 60;

/** As they are spelled in JSON. The one with `toString` cannot be made a text; `1e400` is read as infinite. */
const odd: readonly string[] = [
  ...['5', '-1', '0.5', '4102444800.25', '1e300', '1e400', 'true', 'false', 'null'],
  ...['[]', '["library"]', '[["library"]]', '["keyed",5]'],
  ...['{}', '{"$gt":""}', '{"toString":1,"valueOf":1}', '{"length":1}'],
  ...['""', '" library"', '"__proto__"', '"\\ud800"', '"a\\u0000b"', `"${'x'.repeat(300)}"`],
];

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** Signed by nobody. `claim` is written in JSON. */
const unsigned = (claim: string, value: string, header = '{"alg":"RS256"}'): string =>
  `${base64url(header)}.${base64url(`{"${claim}":${value}}`)}.AAAA`;

const presented = (assertion: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** What the log told as an error since it was last asked: whoever watches it is not to be woken by a stranger. */
const failuresTold = (): readonly unknown[] =>
  sekisho.log
    .splice(0)
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level >= 50)
    .map(({ msg, err }) => [msg, err?.message]);

describe.each(odd)('a stranger who says %s', (value) => {
  it.each(['/oidc/token', '/oidc/introspect', '/oidc/revoke', '/oidc/request'])(
    'is not let in where a service says who it is: %s',
    async (path) => {
      const fields = { grant_type: 'authorization_code', code: 'c', token: 't' };
      const answer = await post(sekisho, path, { ...fields, ...presented(unsigned('sub', value)) });
      expect([400, 401]).toContain(answer.status);
      expect(failuresTold()).toEqual([]);
    },
  );

  it('is refused where a log-out is asked for', async () => {
    const short = unsigned('aud', value);
    const long = `${base64url('{}')}.${base64url(`{"more":"${'x'.repeat(9000)}","aud":${value}}`)}.AAAA`;
    const answers = [
      await get(sekisho, `/oidc/logout?id_token_hint=${short}`),
      await get(sekisho, `/oidc/logout?id_token_hint=${short}&client_id=library`),
      await post(sekisho, '/oidc/logout', { id_token_hint: short }),
      // Kept, and asked for again, where its service is known (known-asker.ts).
      await post(sekisho, '/oidc/logout', { id_token_hint: long }),
      await get(
        sekisho,
        `/oidc/logout?id_token_hint=${unsigned('aud', '"library"', `{"alg":${value},"kid":${value}}`)}`,
      ),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(failuresTold()).toEqual([]);
  });

  it.each(['sub', 'aud', 'iss', 'exp'])('is refused with a hint whose %s that is', async (claim) => {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { id_token_hint: unsigned(claim, value) });
    const { left } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(left?.searchParams.get('error')).toBe('invalid_request');
  });

  it.each([
    `{"id_token":${value}}`,
    `{"id_token":{"sub":${value}}}`,
    `{"id_token":{"sub":{"value":${value}}}}`,
    `{"id_token":{"acr":{"essential":true,"value":${value}}}}`,
    `{"id_token":{"acr":{"values":${value},"essential":${value}}}}`,
    `{"userinfo":{"email":${value}}}`,
  ])('is no failure of ours where claims are asked for: %s', async (claims) => {
    const { url } = await beginRequest(await openParty(sekisho, 'library'), { claims });
    const { page, left } = await follow(new CookieBrowser(), sekisho.issuer, url);
    expect(page?.status ?? 303).toBeLessThan(500);
    expect(left?.searchParams.get('error') ?? '').not.toBe('server_error');
    expect(failuresTold()).toEqual([]);
  });
});

/** Signed by the service; `claim` is written in JSON. */
async function signed(claim: string, value: string): Promise<string> {
  const right = { iss: 'keyed', sub: 'keyed', aud: sekisho.issuer, jti: crypto.randomUUID(), exp: soon };
  const payload = JSON.stringify({ ...right, [claim]: 'ODD' }).replace('"ODD"', () => value);
  return new CompactSign(Buffer.from(payload)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey);
}
const knock = (assertion: string) => post(sekisho, '/oidc/introspect', { token: 't', ...presented(assertion) });

describe.each(['iss', 'sub', 'aud', 'jti', 'exp', 'iat', 'nbf'])('a service that signs its %s', (claim) => {
  it.each(odd)('as %s is no failure of ours', async (value) => {
    expect([200, 400, 401]).toContain((await knock(await signed(claim, value))).status);
    expect(failuresTold()).toEqual([]);
  });
});

describe('a service whose assertion ends', () => {
  it.each(['4102444800.25', '1e300', '1e400'])('at %s is let in by it once', async (end) => {
    const assertion = await signed('exp', end);
    expect([(await knock(assertion)).status, (await knock(assertion)).status]).toEqual([200, 401]);
    expect(failuresTold()).toEqual([]);
  });
});
