/**
 * The certificates of a service. Metadata uses them as an envelope for a key (SAML Metadata Interoperability Profile 2.6.1):
 * who issued one, for whom and until when says nothing of whether its key may be used.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Instant } from '../../../base/clock.ts';

export interface ServiceCertificate {
  readonly subject: string;
  /** SHA-256, as services show it. */
  readonly fingerprint: string;
  readonly beginsAt: Instant;
  readonly endsAt: Instant;
  readonly key: KeyObject;
  /** Base64 of it alone, whatever stood after it. */
  readonly der: string;
}

/** Undefined for what is no certificate, or one with a key that nobody here can read. */
export function readServiceCertificate(der: string): ServiceCertificate | undefined {
  try {
    const read = new X509Certificate(Buffer.from(der, 'base64'));
    return {
      subject: read.subject.replaceAll('\n', ', '),
      fingerprint: read.fingerprint256,
      beginsAt: read.validFromDate.getTime(),
      endsAt: read.validToDate.getTime(),
      key: read.publicKey,
      der: read.raw.toString('base64'),
    };
  } catch {
    return undefined;
  }
}

/** `CN=sp.example.ac.jp, SHA-256 AB:CD:…, until 2030-01-01`. */
export function certificateWords(der: string): string {
  const read = readServiceCertificate(der);
  if (!read) return 'no certificate that can be read';
  return `${read.subject || 'no subject'}, SHA-256 ${read.fingerprint}, until ${dayOf(read.endsAt)}`;
}

export const dayOf = (instant: Instant): string => new Date(instant).toISOString().slice(0, 10);

/** What forbids the use of its key, or undefined. SAML2int SDP-MD06: RSA of 2048 bits, elliptic curves of 256. */
export function certificateProblem(der: string, use: 'signing' | 'encryption'): string | undefined {
  const read = readServiceCertificate(der);
  if (!read) return 'is no X.509 certificate that can be read (base64 of DER, or PEM)';
  // Only the first of two would be read, and the other, of a rollover, be missed on the day on which it signs.
  if (withoutPadding(der) !== withoutPadding(read.der)) {
    return 'holds something after its certificate: write each certificate as an entry of its own';
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = read.key;
  const named = `the certificate ${read.subject || read.fingerprint}`;
  if (type === 'rsa') {
    const bits = details?.modulusLength ?? 0;
    return bits < 2048 ? `${named} has an RSA key of ${bits} bits; at least 2048 are needed` : undefined;
  }
  // The key of an assertion is wrapped by RSA-OAEP alone.
  if (use === 'encryption') return `${named} has a key of type ${type}: only RSA keys can be encrypted to`;
  if (type === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '')) return undefined;
  return `${named} has a key of type ${details?.namedCurve ?? type}: expected RSA, or one of the curves P-256, P-384, P-521`;
}

const withoutPadding = (base64: string): string => base64.replace(/=+$/, '');

/** What is worth saying of a certificate whose key may be used. */
export function certificateRemarks(der: string, now: Instant): readonly string[] {
  const read = readServiceCertificate(der);
  if (!read) return [];
  const named = `the certificate ${read.subject || read.fingerprint}`;
  const bits = read.key.asymmetricKeyDetails?.modulusLength;
  return [
    ...(read.endsAt <= now
      ? [`${named} ended on ${dayOf(read.endsAt)}; it is used all the same, since only its key counts`]
      : []),
    ...(read.beginsAt > now
      ? [`${named} begins on ${dayOf(read.beginsAt)}; it is used all the same, since only its key counts`]
      : []),
    ...(bits !== undefined && bits < 3072
      ? [`${named} has an RSA key of ${bits} bits; a new one should have 3072`]
      : []),
  ];
}
