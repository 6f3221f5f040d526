/** A Sekisho with an origin that asks for certificates, an authority it believes, and programs that show what they like there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { type Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import type { Clock } from '../../src/base/clock.ts';
import { freePort } from '../support/free-port.ts';
import { type Authority, type KeyedCertificate, openAuthority, selfSigned } from '../support/openssl-authority.ts';
import type { Party } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import type { Answered, Fields } from './program.ts';

/** Made once for a file of tests: it is what takes time. */
export interface CertificateMeans {
  readonly authority: Authority;
  /** Of the listener itself. */
  readonly host: KeyedCertificate;
  readonly folder: string;
  close(): void;
}

export function certificateMeans(): CertificateMeans {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-listener-'));
  const authority = openAuthority();
  const host = selfSigned({ subject: '/CN=localhost', names: 'DNS:localhost' });
  writeFileSync(join(folder, 'key.pem'), host.key);
  writeFileSync(join(folder, 'certificate.pem'), host.certificate);
  return {
    authority,
    host,
    folder,
    close() {
      authority.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface CertificateStage {
  readonly sekisho: TestSekisho;
  /** https://localhost:… */
  readonly origin: string;
  /** Asks there, showing a certificate, or none. */
  ask(path: string, shown: KeyedCertificate | undefined, asked?: Asked): Promise<Answered>;
  /** As `library` at the introspection endpoint. */
  knock(shown: KeyedCertificate | undefined, headers?: Fields): Promise<Answered>;
  /** What the operator reads, of the last refusal. */
  reasonTold(): string | undefined;
  /** As openid-client plays a service that uses the aliases. */
  openParty(id: string, shown: KeyedCertificate | undefined, authentication?: client.ClientAuth): Promise<Party>;
}

export const knocking: Fields = { client_id: 'library', token: 'unknown' };
export const letIn = { status: 200, body: { active: false } };
export const refused = {
  status: 401,
  body: { error: 'invalid_client', error_description: 'client authentication failed' },
};

export interface Asked {
  readonly fields?: Fields;
  readonly headers?: Fields;
  /** Remembers TLS sessions; without one each request makes its own. */
  readonly agent?: Agent;
}

export interface StageWishes {
  readonly clock?: Clock;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function openStage(means: CertificateMeans, wishes: StageWishes = {}): Promise<CertificateStage> {
  const port = await freePort();
  const origin = `https://localhost:${port}`;
  const sekisho = await startSekisho({
    ...(wishes.clock ? { clock: wishes.clock } : {}),
    environment: {
      SEKISHO__SERVER__CERTIFICATEORIGIN: origin,
      SEKISHO__SERVER__CERTIFICATES__LISTEN__PORT: String(port),
      SEKISHO__SERVER__CERTIFICATES__LISTEN__KEY: join(means.folder, 'key.pem'),
      SEKISHO__SERVER__CERTIFICATES__LISTEN__CERTIFICATE: join(means.folder, 'certificate.pem'),
      SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([means.authority.file]),
      SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
      ...wishes.environment,
    },
  });
  const ask: CertificateStage['ask'] = async (path, shown, { fields, headers = {}, agent } = {}) => {
    const sent = fields ? { method: 'POST', body: new URLSearchParams(fields) } : { method: 'GET' };
    const answer = await secureFetch(
      means.host.certificate,
      shown,
      agent,
    )(origin + path, {
      ...sent,
      headers: { accept: 'application/json', ...headers },
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
  };
  return {
    sekisho,
    origin,
    ask,
    knock: (shown, headers = {}) => ask('/oidc/introspect', shown, { fields: knocking, headers }),
    reasonTold: () =>
      sekisho.log
        .map((line) => JSON.parse(line) as { readonly msg?: string; readonly reason?: string })
        .findLast(({ msg }) => msg === 'oidc: a service was not let in')?.reason,
    async openParty(id, shown, authentication = client.TlsClientAuth()) {
      const config = await client.discovery(
        new URL(sekisho.issuer),
        id,
        { use_mtls_endpoint_aliases: true },
        authentication,
        {
          execute: [client.allowInsecureRequests],
          [client.customFetch]: secureFetch(means.host.certificate, shown) as client.CustomFetch,
        },
      );
      return { config, redirectUri: `https://${id}.example/callback` };
    },
  };
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `fetch` with a certificate in its handshakes, which the global one cannot show. */
const secureFetch =
  (ca: string, shown: KeyedCertificate | undefined, agent: Agent | false = false) =>
  (url: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Response> => {
    if (url.startsWith('http:')) return fetch(url, { method, headers, ...(body ? { body: body as string } : {}) });
    const text = body ? String(body) : '';
    const form = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const length = text === '' ? {} : { 'content-length': String(Buffer.byteLength(text)) };
    const sent: OutgoingHttpHeaders = { ...headers, ...form, ...length };
    const tls = shown ? { key: shown.key, cert: shown.certificate } : {};
    return new Promise((resolve, reject) => {
      const asking = request(url, { method, headers: sent, ca, agent, ...tls }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const pairs = Object.entries(answer.headers).map(
            ([name, value]) => [name, String(value)] as [string, string],
          );
          resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500, headers: pairs }));
        });
      });
      asking.on('error', reject);
      asking.end(text);
    });
  };
