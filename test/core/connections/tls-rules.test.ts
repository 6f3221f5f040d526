import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { judgeTree } from '../../../src/base/document/judge-tree.ts';
import { pathText } from '../../../src/base/document/problem.ts';
import { exportConnections } from '../../../src/core/connections/export-document.ts';
import { fieldChanges } from '../../../src/core/connections/field-changes.ts';
import { oidcEntry } from '../../../src/core/connections/oidc-document.ts';
import { checkOidc } from '../../../src/core/connections/oidc-rules.ts';
import type { TlsAuthentication } from '../../../src/core/connections/oidc-settings.ts';
import { describeWith } from '../../support/needs.ts';
import { type KeyedCertificate, openssl, selfSigned } from '../../support/openssl-authority.ts';
import { sampleConnection, startInstant } from '../sample-records.ts';

const both = ['tls_client_auth', 'self_signed_tls_client_auth'] as const;

function judge(oidc: object, tlsAuthentications: readonly TlsAuthentication[] = both) {
  const tree = { redirectUris: ['https://library.example/callback'], subject: 'public', ...oidc };
  const { value, accepted, findings } = judgeTree(oidcEntry, tree);
  return { value, findings: [...findings, ...checkOidc(accepted, { reachesLoopback: false, tlsAuthentications })] };
}

const complaints = (...asked: Parameters<typeof judge>): readonly string[] =>
  judge(...asked).findings.map(({ path, message }) => `${pathText(path)}: ${message}`);

const byAuthority = (tls: unknown) => ({ authentication: 'tls_client_auth', ...(tls === undefined ? {} : { tls }) });

describe('a connection with tls_client_auth', () => {
  const good: readonly object[] = [
    { subjectDn: 'CN=library,O=Kyoto University,C=JP' },
    { sanDns: 'library.example' },
    { sanUri: 'urn:library' },
    { sanIp: '2001:db8::1' },
    { sanEmail: 'library@example.jp' },
  ];
  it.each(good)('is known by one name: %j', (tls) => {
    expect(complaints(byAuthority(tls))).toEqual([]);
  });

  const bad: readonly (readonly [tls: unknown, complaint: RegExp])[] = [
    [undefined, /^tls: is missing: expected exactly one of subjectDn, /],
    [{}, /^tls: is missing/],
    [{ sanDns: 'a.example', sanIp: '10.0.0.1' }, /^tls: holds sanDns and sanIp: expected exactly one/],
    [{ subjectDn: 'library' }, /^tls\.subjectDn: expected a distinguished name/],
    [{ subjectDn: '' }, /^tls\.subjectDn: expected/],
    [{ sanDns: '*.example' }, /^tls\.sanDns: expected a host name, without a wildcard/],
    [{ sanUri: 'library' }, /^tls\.sanUri: expected a URI/],
    [{ sanIp: 'fe80::1%eth0' }, /^tls\.sanIp: expected an IP address/],
    [{ sanEmail: 'library' }, /^tls\.sanEmail: expected a mail address/],
  ];
  it.each(bad)('is refused with %j', (tls, complaint) => {
    expect(complaints(byAuthority(tls))).toEqual([expect.stringMatching(complaint)]);
  });

  it('needs authorities', () => {
    const tls = { sanDns: 'a.example' };
    expect(complaints(byAuthority(tls), ['self_signed_tls_client_auth'])).toEqual([
      expect.stringMatching(/^authentication: needs certificates\.authorities/),
    ]);
  });

  it('brings no keys, secret, or name that would lie unused', () => {
    const tls = { sanDns: 'a.example' };
    expect(complaints({ ...byAuthority(tls), jwksUri: 'https://a.example/keys' })).toEqual([
      'jwksUri: is not used with tls_client_auth',
    ]);
    expect(complaints({ ...byAuthority(tls), secret: 'generate' })).toEqual([
      'secret: is not used with tls_client_auth',
    ]);
    expect(complaints({ authentication: 'none', tls })).toEqual(['tls: is not used with none']);
  });
});

describe('where no certificate ever comes', () => {
  const unseen = /needs server\.certificateOrigin and server\.certificates/;
  it.each([
    ['tls_client_auth', { ...byAuthority({ sanDns: 'a.example' }) }, 'authentication'],
    ['certificate-bound tokens', { authentication: 'none', certificateBoundTokens: true }, 'certificateBoundTokens'],
  ])('%s is refused', (_what, oidc, path) => {
    expect(complaints(oidc, [])).toEqual([expect.stringMatching(unseen)]);
    expect(complaints(oidc, [])[0]).toMatch(new RegExp(`^${path}: `));
    expect(complaints(oidc)).toEqual([]);
  });
});

describeWith(openssl, 'a connection with self_signed_tls_client_auth', () => {
  let one: KeyedCertificate;
  let other: KeyedCertificate;
  beforeAll(() => {
    [one, other] = [selfSigned(), selfSigned()];
  });
  const registered = (...keys: readonly unknown[]) => ({ authentication: 'self_signed_tls_client_auth', keys });
  const keyIn = (pem: string) => {
    const certificate = new X509Certificate(pem);
    return { ...certificate.publicKey.export({ format: 'jwk' }), x5c: [certificate.raw.toString('base64')] };
  };

  it('keeps a certificate in PEM as its key, named by its digest, and takes that form as well', () => {
    const [key] = judge(registered(one.certificate)).value?.keys ?? [];
    const digest = new X509Certificate(one.certificate).fingerprint256.replaceAll(':', '');
    expect(key).toEqual({ ...keyIn(one.certificate), kid: Buffer.from(digest, 'hex').toString('base64url') });
    expect(complaints(registered(key))).toEqual([]);
  });

  it('comes out of an export as it went in', () => {
    const { secret: _none, ...settings } =
      judge({ ...registered(one.certificate), certificateBoundTokens: true }).value ?? fail();
    const written = exportConnections([sampleConnection({ oidc: { ...settings, secrets: [] } })], startInstant);
    const [entry] = (JSON.parse(JSON.stringify(written)) as { connections: readonly { oidc: object }[] }).connections;
    expect(judge(entry?.oidc ?? {})).toEqual({ value: settings, findings: [] });
  });

  it('is changed by an import that says which certificate takes the place of which', () => {
    const keysOf = (pem: string) => judge(registered(pem)).value?.keys ?? fail();
    const withKey = ({ certificate }: KeyedCertificate) => sampleConnection({ oidc: { keys: keysOf(certificate) } });
    const words = ({ certificate }: KeyedCertificate) => {
      const { fingerprint256 } = new X509Certificate(certificate);
      return [expect.stringMatching(`^CN=alone, SHA-256 ${fingerprint256}, until 20`)];
    };
    expect(fieldChanges(withKey(one), withKey(other))).toEqual([
      { field: 'oidc.keys', before: words(one), after: words(other) },
    ]);
  });

  it('may have several, without names, while one replaces the other', () => {
    expect(complaints(registered(keyIn(one.certificate), keyIn(other.certificate)))).toEqual([]);
  });

  it('may publish them', () => {
    const published = { authentication: 'self_signed_tls_client_auth', jwksUri: 'https://library.example/keys' };
    expect(complaints(published)).toEqual([]);
  });

  it.each([
    ['nothing', () => [], /^keys: is missing: self_signed_tls_client_auth needs the certificates of the service/],
    ['a key alone', () => [{ ...keyIn(one.certificate), x5c: undefined }], /^keys\[0\]: holds no certificate/],
    [
      'the certificate of another key',
      () => [{ ...keyIn(one.certificate), x5c: keyIn(other.certificate).x5c }],
      /^keys\[0\]: has an x5c with the certificate of another key/,
    ],
    [
      'no certificate in x5c',
      () => [{ ...keyIn(one.certificate), x5c: ['AAAA'] }],
      /^keys\[0\]: has an x5c whose first/,
    ],
    ['a private key', () => [one.key + one.certificate], /^keys\[0\]: holds a private key/],
    ['two in one', () => [one.certificate + other.certificate], /^keys\[0\]: expected one certificate as PEM/],
    ['a word', () => ['library'], /^keys\[0\]: expected one certificate as PEM/],
    ['what only looks like one', () => [one.certificate.replace(/\n(.{20})/, '\nAAAA')], /^keys\[0\]: is no cert/],
  ])('is refused with %s', (_what, keys, complaint) => {
    expect(complaints(registered(...keys()))).toEqual([expect.stringMatching(complaint)]);
  });

  it('is refused with a weak key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(complaints(registered(publicKey.export({ format: 'jwk' })))[0]).toMatch(/1024 bits/);
  });
});

function fail(): never {
  throw new Error('it was refused');
}
