/** Whoever copies the database file or reads the log holds nothing that opens anything. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { issueSetupLink } from '../../src/core/access/setup-link.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { beginRequest, exchange, follow, formOf, openParty, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { basic, post, redeem, secret } from './program.ts';

describe('a whole login, with its failures', () => {
  let sekisho: TestSekisho;
  let secrets: ReadonlyMap<string, string>;
  beforeEach(async () => {
    sekisho = await startSekisho();
    secrets = await liveThrough(sekisho);
  });
  afterEach(() => sekisho.close());

  it('leaves no secret in the bytes of the database', () => {
    const bytes = databaseBytes(sekisho);
    // What is no secret is there: the search would find one.
    expect(spellingsIn(bytes, 'a0123456@st.kyoto-u.ac.jp')).not.toEqual([]);
    expect(leaks(bytes, secrets)).toEqual([]);
  });

  it('leaves no secret in the log', () => {
    const log = Buffer.from(sekisho.log.join(''));
    expect(log.includes('/oidc/token')).toBe(true);
    expect(leaks(log, secrets)).toEqual([]);
  });

  it('issued every kind of secret that is searched for', () => {
    for (const [name, value] of secrets) expect({ name, length: value.length >= 12 }).toEqual({ name, length: true });
    expect([...secrets.keys()]).toEqual(
      expect.arrayContaining([
        'cookie sekisho-session at the end',
        'cookie sekisho-interaction before',
        'cookie sekisho-browser before',
      ]),
    );
  });
});

/** Everything that somebody typed, carried or was handed, by what it is. */
async function liveThrough(sekisho: TestSekisho): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  const keep = (name: string, value: unknown) => secrets.set(name, String(value ?? ''));
  const browser = new CookieBrowser();
  const keepCookies = (when = '') => {
    for (const [name, value] of browser.cookies(sekisho.issuer)) {
      if (!name.endsWith('.sig') && value.length >= 12) keep(`cookie ${name}${when}`, value);
    }
  };
  await sekisho.addAccount();
  await sekisho.addConnection({
    id: 'library',
    secret,
    consent: 'once',
    oidc: { authentication: 'client_secret_post' },
  });
  await sekisho.addConnection({ id: 'courses', secret: `c${secret}` });
  keep('password', goodPassword);
  keep('client secret', secret);
  keep('setup token', await issueSetupLink(sekisho.ground.world));
  await fetch(`${sekisho.issuer}/setup/${secrets.get('setup token')}`);

  // Pushed, so that the request itself is stored; with failures on the way, one of them a password in the wrong field.
  const party = await openParty(sekisho, 'library', client.ClientSecretPost(secret));
  const begun = await beginRequest(party, { scope: 'openid profile email offline_access', prompt: 'consent' });
  keep('code verifier', begun.verifier);
  const pushed = await client.buildAuthorizationUrlWithPAR(party.config, begun.url.searchParams);
  keep('pushed request', pushed.searchParams.get('request_uri')?.split(':').at(-1));
  const first = await follow(browser, sekisho.issuer, pushed);
  if (!first.page) throw new Error('no login page');
  keep('attempt', first.page.url.pathname.split('/').at(-1));
  keep('form token', formOf(first.page).fields.get('csrf'));
  keepCookies(' before');
  keep('wrong password', 'Wrong7gawaTobi');
  await submit(browser, sekisho.issuer, first.page, { username: 'a0123456', password: 'Wrong7gawaTobi' });
  keep('password typed as a name', 'nameless7gawatobi');
  await submit(browser, sekisho.issuer, first.page, { username: 'nameless7gawatobi', password: 'Wrong7gawaTobi' });
  const asked = await submit(browser, sekisho.issuer, first.page, { username: 'a0123456', password: goodPassword });
  if (!asked.page) throw new Error('no release page');
  keepCookies();
  const { left } = await submit(browser, sekisho.issuer, asked.page, { choice: 'allow' });
  if (!left) throw new Error('no answer');
  keep('code', left.searchParams.get('code'));
  const tokens = await exchange(party, left, begun);
  keep('access token', tokens.access_token);
  keep('refresh token', tokens.refresh_token);
  keep('id token', tokens.id_token);
  const renewed = await client.refreshTokenGrant(party.config, tokens.refresh_token ?? '');
  keep('second access token', renewed.access_token);
  keep('second refresh token', renewed.refresh_token);
  await client.fetchUserInfo(party.config, renewed.access_token, client.skipSubjectCheck);
  await client.tokenIntrospection(party.config, renewed.access_token);

  // Refusals: of a used code, a token nobody knows, and a secret that is wrong.
  const fields = { grant_type: 'authorization_code', code: secrets.get('code') ?? '', redirect_uri: party.redirectUri };
  await redeem(sekisho, { ...fields, client_id: 'library', client_secret: secret }, {});
  keep('wrong client secret', 'w'.repeat(43));
  await redeem(sekisho, { ...fields, client_id: 'courses' }, basic('courses', 'w'.repeat(43)));
  await post(sekisho, '/oidc/revoke', { token: 'unknown-to-everybody', ...postedSecret });

  // A request by post, a second service, and a log-out that is left at its question.
  const courses = await openParty(sekisho, 'courses', client.ClientSecretBasic(`c${secret}`));
  const second = await beginRequest(courses);
  const kept = await browser.send(`${sekisho.issuer}/oidc/auth`, { method: 'POST', body: second.url.searchParams });
  keep('posted request', new URL(kept.headers.get('location') ?? '', sekisho.issuer).searchParams.get('posted'));
  const { left: answered } = await follow(browser, sekisho.issuer, kept.headers.get('location') ?? '');
  keep('second code', answered?.searchParams.get('code'));
  const logout = await browser.visit(`${sekisho.issuer}/oidc/logout?id_token_hint=${tokens.id_token}`);
  keep('log-out token', formOf(logout).fields.get('xsrf'));
  keepCookies(' at the end');
  return secrets;
}

const postedSecret = { client_id: 'library', client_secret: secret };

/** The file with what has not been folded into it yet. */
function databaseBytes({ ground }: TestSekisho): Buffer {
  const file = ground.config.store.url.replace(/^sqlite:/, '');
  return Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
}

const leaks = (bytes: Buffer, secrets: ReadonlyMap<string, string>): readonly string[] =>
  [...secrets].flatMap(([name, value]) => spellingsIn(bytes, value).map((spelling) => `${name} (${spelling})`));

/** As it stands, escaped for an address, in hex, and inside something longer in base64, at each of its three offsets. */
function spellingsIn(bytes: Buffer, value: string): readonly string[] {
  const spellings: Record<string, string> = {
    plain: value,
    address: encodeURIComponent(value),
    hex: Buffer.from(value).toString('hex'),
  };
  for (const offset of [0, 1, 2]) {
    const whole = Buffer.from(' '.repeat(offset) + value).toString('base64url');
    // The letters at either end depend on the neighbours.
    spellings[`base64 at ${offset}`] = whole.slice(offset === 0 ? 0 : offset + 1, -3);
  }
  return Object.entries(spellings)
    .filter(([, spelling]) => bytes.includes(spelling))
    .map(([name]) => name);
}
