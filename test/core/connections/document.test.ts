import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { pathText } from '../../../src/base/document/problem.ts';
import { judgeConnections } from '../../../src/core/connections/document.ts';
import { samlSurroundings as saml } from './sample-saml.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-document-'));
  writeFileSync(join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'text.png'), 'no image');
});
afterAll(() => rmSync(folder, { recursive: true }));

const judge = (tree: unknown, reachesLoopback = false) =>
  judgeConnections(tree, {
    accountKinds: ['ecs', 'sps'],
    units: ['f-law', 'f-letters'],
    folder,
    reachesLoopback,
    saml,
  });

const complaints = (tree: unknown, reachesLoopback = false): readonly string[] => {
  const judged = judge(tree, reachesLoopback);
  return judged.ok ? [] : judged.findings.map(({ path, message }) => `${pathText(path)}: ${message}`);
};

const oidc = {
  authentication: 'client_secret_basic',
  secret: 'generate',
  redirectUris: ['https://a.example/callback'],
  subject: 'pairwise',
};
const connection = {
  id: 'a-service',
  stage: 'test',
  name: { ja: 'サービス', en: 'Service' },
  homeUrl: 'https://a.example/',
  desk: { name: { ja: '窓口', en: 'Desk' } },
  release: [{ attribute: 'mail', required: true }],
  oidc,
};
const documentOf = (...changes: readonly object[]) => ({
  connections: changes.map((change) => ({ ...connection, ...change })),
});
const withOidc = (change: object) => documentOf({ oidc: { ...oidc, ...change } });

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const strong = rsa(2048).publicKey.export({ format: 'jwk' });
const ecPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signed = { authentication: 'private_key_jwt', secret: undefined };
const withKeys = (...keys: readonly unknown[]) => {
  const { secret: _none, ...rest } = oidc;
  return documentOf({ oidc: { ...rest, authentication: 'private_key_jwt', keys } });
};
const signedWith = (change: object) => {
  const { secret: _none, ...rest } = oidc;
  return documentOf({ oidc: { ...rest, authentication: 'private_key_jwt', ...change } });
};
const publicService = ({ ...change }: object = {}) => {
  const { secret: _none, ...rest } = oidc;
  return documentOf({ oidc: { ...rest, authentication: 'none', subject: 'public', ...change } });
};

describe('judgeConnections', () => {
  it('accepts the example in config/', () => {
    expect(complaints(parse(readFileSync('config/connections.example.yaml', 'utf8')))).toEqual([]);
  });

  it('fills in what may be left out with the careful value', () => {
    const judged = judge(documentOf({}));
    expect(judged.ok && judged.entries[0]).toMatchObject({
      consent: 'once',
      listed: true,
      audience: {},
      oidc: {
        application: 'web',
        pkce: 'required',
        mayRefresh: false,
        mayIntrospect: false,
        requiresPushedRequest: false,
        idTokenAlgorithm: 'RS256',
        postLogoutRedirectUris: [],
      },
    });
  });

  it.each([
    { requiredLevel: 'mfa', trustedBrowser: 'policy' },
    { requiredLevel: 'aal2', trustedBrowser: 'policy' },
    { trustedBrowser: 'no' },
  ])('accepts that a trusted browser does in place of a second factor, where one is required: %j', (wishes) => {
    expect(complaints(documentOf(wishes))).toEqual([]);
  });

  it('reads a logo beside the document into a data URI', () => {
    const judged = judge(documentOf({ logo: 'logo.svg' }));
    expect(judged.ok && judged.entries[0]?.logo).toMatch(/^data:image\/svg\+xml;base64,/);
  });

  it('lists every problem of every connection at once', () => {
    const found = complaints({
      connections: [
        { ...connection, id: 'UPPER', colour: 'red', audience: { units: ['f-lew'] } },
        { ...connection, oidc: { ...oidc, redirectUris: ['http://b.example/'], pkce: 'maybe' } },
      ],
    });
    expect(found.map((line) => line.split(': ')[0]).sort()).toEqual([
      'connections[0].audience.units[0]',
      'connections[0].colour',
      'connections[0].id',
      'connections[1].oidc.pkce',
      'connections[1].oidc.redirectUris[0]',
    ]);
  });

  it.each([
    ['a misspelt key', withOidc({ redirect_uris: [] }), 'did you mean connections[0].oidc.redirectUris?'],
    ...['jwks_uri', 'jwksURI', 'jwksUrl', 'jwks_url'].map(
      (key) => [key, withOidc({ [key]: 'https://a.example/' }), 'mean connections[0].oidc.jwksUri?'] as const,
    ),
    ...['sector_identifier_uri', 'sectorIdentifierURI', 'sector_identifier'].map(
      (key) =>
        [key, withOidc({ [key]: 'https://a.example/' }), 'mean connections[0].oidc.sectorIdentifierUri?'] as const,
    ),
    ...['backchannel_logout_uri', 'back_channel_logout_uri', 'backChannelLogoutUri', 'backchannelLogoutUrl'].map(
      (key) =>
        [key, withOidc({ [key]: 'https://a.example/' }), 'mean connections[0].oidc.backchannelLogoutUri?'] as const,
    ),
    ['keys as a set', withOidc({ jwks: { keys: [] } }), 'oidc.jwks: not accepted: write the list of keys itself'],
    [
      'a wish about logout messages',
      withOidc({ backchannel_logout_session_required: false }),
      'not accepted: every logout message names the session',
    ],
    [
      'a wish about frames',
      withOidc({ frontchannel_logout_session_required: false }),
      'not accepted: every frame names the session',
    ],
    ...[{}, { requiredLevel: 'sfa' }].map(
      (required) =>
        [
          `a trusted browser in place of ${JSON.stringify(required)}`,
          documentOf({ ...required, trustedBrowser: 'policy' }),
          'connections[0].trustedBrowser: policy needs a requiredLevel that takes a second factor',
        ] as const,
    ),
    ['a secret as a key', withOidc({ authentication: 'client_secret_jwt' }), 'a stored hash must never become a key'],
    ['a shared signing key', withOidc({ idTokenAlgorithm: 'HS256' }), 'a stored hash must never become a key'],
    ['unsigned tokens', withOidc({ idTokenAlgorithm: 'none' }), 'none is not accepted'],
    [
      'an unknown kind of account',
      documentOf({ audience: { accountKinds: ['ecz'] } }),
      'there is no kind of account ecz',
    ],
    [
      'an audience of nobody',
      documentOf({ audience: { roles: [] } }),
      'audience.roles: expected a list of at least one',
    ],
    [
      'an attribute twice',
      documentOf({ release: [...connection.release, ...connection.release] }),
      'mail stands here twice',
    ],
    ['an id twice', documentOf({}, {}), 'connections[1].id: a-service is connections[0] already'],
    ['a script as home', documentOf({ homeUrl: 'javascript:alert(1)' }), 'homeUrl: expected a web address'],
    ['a logo that is none', documentOf({ logo: 'text.png' }), 'logo: the file holds no PNG image'],
    ['a logo of another type', documentOf({ logo: 'data:text/html;base64,PGI+' }), 'logo: expected data:image/png'],
    ['no subject', withOidc({ subject: undefined }), 'oidc.subject: is missing'],
  ])('refuses %s', (_, tree, complaint) => {
    const found = complaints(JSON.parse(JSON.stringify(tree)));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(complaint);
  });

  it('never repeats a secret that was written out', () => {
    const found = complaints(withOidc({ secret: 'correct horse battery' })).join('\n');
    expect(found).toContain('oidc.secret: expected generate');
    expect(found).not.toContain('horse');
  });

  it('reads the digest of a secret in hexadecimal as the one in base64url', () => {
    const hex = judge(withOidc({ secret: { sha256: 'ab'.repeat(32) } }));
    const digest = Buffer.from('ab'.repeat(32), 'hex').toString('base64url');
    expect(hex.ok && hex.entries[0]?.oidc?.secret).toEqual({ kind: 'digests', slots: [{ digest }] });
  });
});

describe('redirect addresses', () => {
  it.each(['redirectUris', 'postLogoutRedirectUris'])(
    'are judged each in its place, for their application: %s',
    (list) => {
      const [found] = complaints(withOidc({ [list]: [...oidc.redirectUris, 'http://a.example/'] }));
      expect(found).toMatch(`connections[0].oidc.${list}[1]: must be https: only a loopback address may be http; got`);
      const native = { application: 'native', [list]: ['jp.ac.example.app:/cb'] };
      expect(complaints(publicService(native))).toEqual([]);
      expect(complaints(publicService({ ...native, application: 'web' }))).toHaveLength(1);
    },
  );

  it('refuse the same address twice', () => {
    const uri = 'https://a.example/callback';
    expect(complaints(withOidc({ redirectUris: [uri, uri] }))).toEqual([expect.stringContaining('stands here twice')]);
  });

  it('lie on one host, port included, where subjects are pairwise', () => {
    const redirectUris = ['https://a.example/callback', 'https://a.example:8443/callback'];
    expect(complaints(withOidc({ redirectUris }))).toEqual([
      'connections[0].oidc.subject: pairwise needs all redirect addresses on one host, or sectorIdentifierUri; here are a.example, a.example:8443',
    ]);
    expect(complaints(withOidc({ redirectUris, subject: 'public' }))).toEqual([]);
    const sectorIdentifierUri = 'https://a.example/addresses.json';
    expect(complaints(withOidc({ redirectUris, sectorIdentifierUri }))).toEqual([]);
  });

  it('have no sector of their own in an application with a scheme of its own', () => {
    const change = { application: 'native', redirectUris: ['jp.ac.example.app:/cb'], subject: 'pairwise' };
    expect(complaints(publicService(change))).toEqual([expect.stringContaining('pairwise needs https addresses')]);
    const sectorIdentifierUri = 'https://a.example/addresses.json';
    expect(complaints(publicService({ ...change, sectorIdentifierUri }))).toEqual([]);
  });
});

describe('addresses that Sekisho calls', () => {
  it.each([
    ['jwksUri', (jwksUri: string) => signedWith({ jwksUri })],
    ['sectorIdentifierUri', (sectorIdentifierUri: string) => withOidc({ sectorIdentifierUri })],
    ['backchannelLogoutUri', (backchannelLogoutUri: string) => withOidc({ backchannelLogoutUri })],
  ])('are judged, each in its place: %s', (key, document) => {
    expect(complaints(document('https://a.example/x'))).toEqual([]);
    const [found] = complaints(document('http://a.example/x'));
    expect(found).toBe(`connections[0].oidc.${key}: must be https; got "http://a.example/x"`);
    expect(complaints(document('http://localhost/x'))).toEqual([expect.stringContaining('development only')]);
    expect(complaints(document('http://localhost/x'), true)).toEqual([]);
  });
});

describe('authentication', () => {
  it.each([
    [
      'PKCE left to a service that does not authenticate',
      publicService({ pkce: 'optional' }),
      'pkce: must be required',
    ],
    ['a secret that nobody keeps', publicService({ secret: 'generate' }), 'secret: is not used with none'],
    ['questions about tokens from anybody', publicService({ mayIntrospect: true }), 'mayIntrospect: is for services'],
    ['a key set beside a secret', withOidc({ jwksUri: 'https://a.example/keys' }), 'jwksUri: is not used with client_'],
    [
      'keys in two places',
      signedWith({ keys: [strong], jwksUri: 'https://a.example/keys' }),
      'jwksUri: stands beside keys',
    ],
    [
      'a sector that nobody uses',
      withOidc({ subject: 'public', sectorIdentifierUri: 'https://a.example/' }),
      'sectorIdentifierUri: is not used with public subjects',
    ],
    ['keys beside a secret', withOidc({ keys: [strong] }), 'keys: is not used with client_secret_basic'],
    ['private_key_jwt without keys', withKeys(), 'keys: is missing'],
    [
      'a secret beside keys',
      documentOf({ oidc: { ...oidc, ...signed, secret: 'generate', keys: [strong] } }),
      'secret: is',
    ],
    ['a symmetric key', withKeys({ kty: 'oct', k: 'AAAA' }), 'is a symmetric key'],
    ['a private key', withKeys(ecPair.privateKey.export({ format: 'jwk' })), 'holds the private key'],
    ['a weak key', withKeys(rsa(1024).publicKey.export({ format: 'jwk' })), 'is an RSA key of 1024 bits'],
    ['a key that is none', withKeys({ kty: 'RSA', n: 'AQAB' }), 'is no valid public key'],
    ['a key for encryption', withKeys({ ...strong, use: 'enc' }), 'is not for signatures'],
    ['a key that lies elsewhere', withKeys({ ...strong, x5u: 'https://a.example/' }), 'points elsewhere'],
    ['two keys without names', withKeys(strong, { ...strong, kid: 'b' }), 'keys[0]: needs a kid'],
    ['two keys of one name', withKeys({ ...strong, kid: 'b' }, { ...strong, kid: 'b' }), 'the kid b stands here twice'],
  ])('refuses %s', (_, tree, complaint) => {
    expect(complaints(tree)).toEqual([expect.stringContaining(complaint)]);
  });

  it('accepts the address of a key set instead of keys', () => {
    expect(complaints(signedWith({ jwksUri: 'https://a.example/keys' }))).toEqual([]);
  });

  it('accepts public keys of each family', () => {
    const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    const ec = ecPair.publicKey.export({ format: 'jwk' });
    const keys = [strong, ed, ec].map((key, index) => ({ ...key, kid: String(index) }));
    expect(complaints(withKeys(...keys))).toEqual([]);
  });

  it('leaves PKCE to a service that authenticates, where that is written', () => {
    expect(complaints(withOidc({ pkce: 'optional' }))).toEqual([]);
  });
});
