/** What is read of a request, before anybody judges it. How a proxy and its header are told apart: test/http/certificate-header. */
import { X509Certificate } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/schema.ts';
import { presentedCertificateOf } from '../../src/web/client-certificate.ts';
import { certifiedConfig } from '../login/certified.ts';
import { describeWith } from '../support/needs.ts';
import { type Authority, openAuthority, openssl } from '../support/openssl-authority.ts';

const host = 'cert.auth.example';
const server: Config['server'] = { ...certifiedConfig.server, proxy: { trusted: ['127.0.0.1/32'] } };
const { certificateOrigin: _origin, ...withoutOrigin } = server;
const { certificates: _way, ...withoutWay } = server;

describeWith(openssl, 'presentedCertificateOf', () => {
  let authority: Authority;
  let listening: Server;
  let setting: Config['server'];
  const rawOf = (pem: string) => new X509Certificate(pem).raw.toString('base64');

  beforeAll(async () => {
    authority = openAuthority();
    listening = createServer((req, res) => {
      res.end(presentedCertificateOf({ server: setting })(req)?.leaf.raw.toString('base64') ?? '');
    });
    await new Promise<void>((resolve) => {
      listening.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => {
    listening.close();
    authority.close();
  });

  /** What is found, in base64. */
  const found = (certificate: string, at = host, wishes = server): Promise<string> => {
    setting = wishes;
    const { port } = listening.address() as AddressInfo;
    const headers = { host: at, 'Client-Cert': `:${rawOf(certificate)}:` };
    return new Promise((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port, headers }, (answer) => {
        answer
          .setEncoding('utf8')
          .once('data', resolve)
          .once('end', () => resolve(''));
      });
      asking.on('error', reject).end();
    });
  };

  it('finds it under the Host of the origin that asks, in whatever case, and under no other', async () => {
    const { certificate } = authority.issue();
    expect(await found(certificate)).toBe(rawOf(certificate));
    expect(await found(certificate, host.toUpperCase())).toBe(rawOf(certificate));
    for (const other of ['localhost:3000', `${host}:8443`, `${host}.evil.example`]) {
      expect(await found(certificate, other)).toBe('');
    }
  });

  it('finds nothing where nobody is asked', async () => {
    const { certificate } = authority.issue();
    expect(await found(certificate, host, withoutOrigin)).toBe('');
    expect(await found(certificate, host, withoutWay)).toBe('');
  });

  it('reads no certificate that is larger than any', async () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, at) => `DNS:${at}.${'a'.repeat(50)}.example`).join(',');
    const [large, larger] = [authority.issue({ names: names(90) }), authority.issue({ names: names(150) })];
    expect(await found(large.certificate)).toBe(rawOf(large.certificate));
    expect(rawOf(larger.certificate).length).toBeGreaterThan(12 * 1024);
    expect(await found(larger.certificate)).toBe('');
  });
});
