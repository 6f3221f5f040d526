/** Services' certificates where TLS ends at a proxy: believed of the proxy alone; and where none is configured: of nobody. */
import { X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { keyOfPem } from '../../src/core/connections/registered-certificate.ts';
import { describeWith } from '../support/needs.ts';
import { type KeyedCertificate, openssl, selfSigned } from '../support/openssl-authority.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type RawAnswer, rawRequest } from './raw-request.ts';

const origin = 'https://certificate.example';
const proxied = (format: 'rfc9440' | 'pem-escaped', trusted: readonly string[] = ['127.0.0.1/32']) => ({
  SEKISHO__SERVER__CERTIFICATEORIGIN: origin,
  SEKISHO__SERVER__CERTIFICATES__HEADER__NAME: 'Client-Cert',
  SEKISHO__SERVER__CERTIFICATES__HEADER__FORMAT: format,
  SEKISHO__SERVER__PROXY__TRUSTED: JSON.stringify(trusted),
});

const fieldOf = ({ certificate }: KeyedCertificate): string =>
  `:${new X509Certificate(certificate).raw.toString('base64')}:`;

describeWith(openssl, 'a certificate in a header', () => {
  let sekisho: TestSekisho;
  let own: KeyedCertificate;
  let strange: KeyedCertificate;
  beforeAll(() => {
    [own, strange] = [selfSigned(), selfSigned()];
  });
  afterEach(() => sekisho.close());

  async function begin(environment: Readonly<Record<string, string>>): Promise<void> {
    sekisho = await startSekisho({ environment });
    const read = keyOfPem(own.certificate);
    if (!read.ok) throw new Error(read.problem);
    await sekisho.addConnection({
      id: 'library',
      oidc: { authentication: 'self_signed_tls_client_auth', keys: [read.key], certificateBoundTokens: true },
    });
  }

  const knock = (headers: Readonly<Record<string, string>>): Promise<RawAnswer> => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const sent = { host: new URL(origin).host, ...form, ...headers };
    return rawRequest(sekisho, '/oidc/introspect', sent, { method: 'POST', body: 'client_id=library&token=t' });
  };

  it('of a trusted proxy lets the service in, and another’s does not', async () => {
    await begin(proxied('rfc9440'));
    expect((await knock({ 'client-cert': fieldOf(own) })).status).toBe(200);
    expect((await knock({ 'client-cert': fieldOf(strange) })).status).toBe(401);
    expect((await knock({})).status).toBe(401);
  });

  it('may be PEM, percent-encoded, where that is configured, and nothing else is read then', async () => {
    await begin(proxied('pem-escaped'));
    expect((await knock({ 'client-cert': encodeURIComponent(own.certificate) })).status).toBe(200);
    expect((await knock({ 'client-cert': fieldOf(own) })).status).toBe(401);
  });

  it('is not believed of anybody else', async () => {
    await begin(proxied('rfc9440', ['10.0.0.0/8']));
    expect((await knock({ 'client-cert': fieldOf(own) })).status).toBe(401);
  });

  it('is not believed under the issuer’s own Host, where a proxy hands on what the visitor wrote', async () => {
    await begin(proxied('rfc9440'));
    const { host } = new URL(sekisho.issuer);
    expect((await knock({ 'client-cert': fieldOf(own), host })).status).toBe(401);
    expect((await knock({ 'client-cert': fieldOf(own) })).status).toBe(200);
  });

  it('is not believed where it stands twice', async () => {
    await begin(proxied('rfc9440'));
    expect((await knock({ 'client-cert': fieldOf(own), 'Client-Cert': fieldOf(own) })).status).toBe(401);
  });

  it('reaches no other place under that Host', async () => {
    await begin(proxied('rfc9440'));
    for (const path of ['/oidc/auth', '/.well-known/openid-configuration', '/login']) {
      expect((await rawRequest(sekisho, path, { host: new URL(origin).host })).status).toBe(421);
    }
  });

  it('is nothing where certificates are not configured: a service that would need one is not served', async () => {
    await begin({});
    expect((await knock({ 'client-cert': fieldOf(own), host: new URL(sekisho.issuer).host })).status).toBe(401);
    const asked = '/oidc/auth?client_id=library&response_type=code&scope=openid';
    expect((await rawRequest(sekisho, asked)).status).toBe(400);
    const discovery = JSON.parse((await rawRequest(sekisho, '/.well-known/openid-configuration')).body);
    expect(discovery).not.toHaveProperty('mtls_endpoint_aliases');
    expect(discovery).not.toHaveProperty('tls_client_certificate_bound_access_tokens');
    expect(discovery.token_endpoint_auth_methods_supported).toEqual(expect.not.arrayContaining(['tls_client_auth']));
  });
});
