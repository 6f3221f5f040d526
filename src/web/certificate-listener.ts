/**
 * TLS for server.certificateOrigin, where it does not end at a proxy. Every visitor is asked for a certificate and let in with
 * any, or none: what became of it is told on a page, which a broken handshake could not show.
 */
import { constants } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { DomainError } from '../base/errors.ts';
import type { CertificateJudge } from '../core/certificates/certificate-judge.ts';

export function certificateTls(
  files: { readonly key: string; readonly certificate: string },
  certificates: CertificateJudge | undefined,
): ServerOptions {
  const named = [...(certificates?.authorities ?? []), ...(certificates?.intermediates ?? [])];
  return {
    key: fileOf(files.key),
    cert: fileOf(files.certificate),
    requestCert: true,
    rejectUnauthorized: false,
    // Their names are sent along (RFC 8446, 4.2.4), so that a browser shows the certificates that will do and no others.
    // Judged is elsewhere: core/certificates.
    ca: named.map(({ x509 }) => x509.toString()),
    minVersion: 'TLSv1.2',
    // A resumed session knows the visitor's certificate, and no longer those that were sent along with it: the second request
    // of a service that sends its intermediate authority would be refused.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function fileOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new DomainError('config.invalid', { file: path, reason: 'cannot be read' }, cause);
  }
}
