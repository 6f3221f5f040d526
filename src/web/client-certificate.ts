/**
 * The certificate that a visitor of server.certificateOrigin presented, unjudged. It comes from our own TLS listener, whose
 * handshake has shown that the visitor has its key, or in a header from a proxy that did the same. From anybody who is not
 * such a proxy the header is not looked at: it would be a way to be anybody.
 */
import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Config } from '../config/schema.ts';
import { trustedPeers } from './client-address.ts';

export interface PresentedCertificate {
  readonly leaf: X509Certificate;
  /** What was sent along with it; a proxy hands on the leaf alone. */
  readonly others: readonly X509Certificate[];
}

/** Characters; far more than a certificate has, and less than a header may have. */
const longestHeader = 12 * 1024;
/** Of a chain from the handshake. */
const mostOthers = 8;

export function presentedCertificateOf({
  server,
}: Pick<Config, 'server'>): (req: IncomingMessage) => PresentedCertificate | undefined {
  const { certificateOrigin, certificates, proxy } = server;
  if (certificateOrigin === undefined || certificates === undefined) return () => undefined;
  const { host } = new URL(certificateOrigin);
  const { listen, header } = certificates;
  const isFromProxy = trustedPeers(proxy.trusted);
  return (req) => {
    // At the issuer's own Host a proxy asks nobody for a certificate, and may hand on a header that the visitor wrote.
    if (req.headers.host?.toLowerCase() !== host) return undefined;
    if (listen && req.socket instanceof TLSSocket) return fromHandshake(req.socket);
    if (!header || !isFromProxy(req)) return undefined;
    const leaf = fromHeader(req, header);
    return leaf && { leaf, others: [] };
  };
}

function fromHandshake(socket: TLSSocket): PresentedCertificate | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (!leaf) return undefined;
  const others: X509Certificate[] = [];
  let above = leaf.issuerCertificate;
  while (above && others.length < mostOthers && above.fingerprint256 !== (others.at(-1) ?? leaf).fingerprint256) {
    others.push(above);
    above = above.issuerCertificate;
  }
  return { leaf, others };
}

type HeaderSetting = NonNullable<NonNullable<Config['server']['certificates']>['header']>;

function fromHeader(
  { headersDistinct }: IncomingMessage,
  { name, format }: HeaderSetting,
): X509Certificate | undefined {
  const [value, ...more] = headersDistinct[name.toLowerCase()] ?? [];
  // Twice: one of them is not the proxy's own, and which one cannot be told.
  if (value === undefined || more.length > 0 || value.length > longestHeader) return undefined;
  const der = format === 'rfc9440' ? derOfField(value) : derOfPem(value);
  if (!der) return undefined;
  try {
    const certificate = new X509Certificate(der);
    // Bytes behind it would be another thing to whoever reads them differently.
    return certificate.raw.equals(der) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const derOf = (text: string): Buffer | undefined =>
  text !== '' && base64.test(text) ? Buffer.from(text, 'base64') : undefined;

/** RFC 9440 2.1: a byte sequence of structured fields (RFC 8941, 3.3.5), base64 between colons. */
const derOfField = (value: string): Buffer | undefined => {
  const [, text] = /^ *:([^:]*): *$/.exec(value) ?? [];
  return text === undefined ? undefined : derOf(text);
};

/** One certificate, as $ssl_client_escaped_cert writes it; Apache's %{SSL_CLIENT_CERT}s has blanks for its line ends. */
function derOfPem(value: string): Buffer | undefined {
  const pem = unescaped(value) ?? '';
  const [, text] = /^\s*-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----\s*$/.exec(pem) ?? [];
  return text === undefined ? undefined : derOf(text.replace(/\s+/g, ''));
}

function unescaped(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
