/** A ring key's certificate, as people and programs are shown it. */
import { X509Certificate } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import type { RingKey } from './ring.ts';

export interface ReadCertificate {
  readonly pem: string;
  readonly subject: string;
  /** SHA-256, as services show it. */
  readonly fingerprint: string;
  readonly beginsAt: Instant;
  readonly endsAt: Instant;
}

/** Undefined for a key without one. */
export function readCertificate({ certificate }: RingKey): ReadCertificate | undefined {
  if (!certificate) return undefined;
  const read = new X509Certificate(Buffer.from(certificate.der, 'base64'));
  return {
    pem: read.toString(),
    subject: read.subject,
    fingerprint: read.fingerprint256,
    beginsAt: read.validFromDate.getTime(),
    endsAt: read.validToDate.getTime(),
  };
}
