/**
 * What stands before Sekisho in a real installation: TLS ends here, and the address of the client is written behind what
 * the client itself claims. The certificate is made for the occasion by openssl.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TlsProxy {
  readonly port: number;
  /** Self-signed, so its own authority. */
  readonly certificate: string;
  /** Requests under this host name go to this port on loopback. */
  lead(hostname: string, port: number): void;
  close(): Promise<void>;
}

/** A range for documentation (RFC 5737): where the proxy says that everybody comes from. */
export const clientAddress = '203.0.113.7';

export async function startTlsProxy(openssl: string, hostnames: readonly string[]): Promise<TlsProxy> {
  const { key, certificate } = makeCertificate(openssl, hostnames);
  const ports = new Map<string, number>();
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const host = request.headers.host ?? '';
    const claimed = request.headers['x-forwarded-for'];
    const behind = ask(
      {
        host: '127.0.0.1',
        port: ports.get(host.replace(/:\d+$/, '')),
        method: request.method,
        path: request.url,
        headers: {
          ...request.headers,
          'x-forwarded-for': [claimed, clientAddress].filter(Boolean).join(', '),
          'x-forwarded-proto': 'https',
        },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    behind.on('error', () => response.destroy());
    request.pipe(behind);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    lead: (hostname, port) => void ports.set(hostname, port),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function makeCertificate(openssl: string, hostnames: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = hostnames.map((hostname) => `DNS:${hostname}`).join(',');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const subject = ['-subj', '/CN=sekisho test', '-addext', `subjectAltName=${names}`, '-days', '2'];
  try {
    execFileSync(openssl, ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
