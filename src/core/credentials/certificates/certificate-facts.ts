/** What of a judged certificate outlives the handshake: enough to know it again, to show it, and to see whose it is. */
import type { Instant } from '../../../base/clock.ts';
import type { CertificateNames, ReadCertificate } from '../../certificates/read-certificate.ts';

export interface CertificateFacts {
  /** SHA-256 of the certificate, base64url. */
  readonly digest: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  readonly notAfter: Instant;
  readonly names: CertificateNames;
}

export const certificateFacts = ({ digest, subject, issuer, serial, notAfter, names }: ReadCertificate) =>
  ({ digest, subject, issuer, serial, notAfter, names }) satisfies CertificateFacts;
