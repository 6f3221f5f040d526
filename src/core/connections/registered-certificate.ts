/**
 * Certificates that are registered themselves (RFC 8705, 2.2): no authority vouches for them, the registry does. They lie in
 * a key of the connection (x5c, RFC 7517, 4.7), whose public key has to be theirs.
 */
import { createPublicKey, type JsonWebKeyInput, X509Certificate } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';

type Jwk = Readonly<Record<string, unknown>>;

export type ReadPem = { readonly ok: true; readonly key: Jwk } | { readonly ok: false; readonly problem: string };

/** The key of a certificate in PEM, with the certificate in it, named by its digest (x5t#S256, RFC 7517, 4.9). */
export function keyOfPem(pem: string): ReadPem {
  const problem = (words: string): ReadPem => ({ ok: false, problem: words });
  if (pem.includes('PRIVATE KEY')) {
    return problem('holds a private key: make a new pair, since this one has left its owner, and give the certificate');
  }
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  if (blocks !== 1) return problem('expected one certificate as PEM (-----BEGIN CERTIFICATE-----)');
  const certificate = certificateOf(pem);
  if (!certificate) return problem('is no certificate that can be read');
  return { ok: true, key: keyOf(certificate) };
}

const keyOf = (certificate: X509Certificate): Jwk => ({
  ...certificate.publicKey.export({ format: 'jwk' }),
  kid: Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
  x5c: [certificate.raw.toString('base64')],
});

/** The first in x5c: those behind it vouch for it, and nobody asks them. */
export function certificateIn({ x5c }: Jwk): X509Certificate | undefined {
  const first: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  // Base64, not base64url, and without breaks (RFC 7517, 4.7).
  if (typeof first !== 'string' || !/^[A-Za-z\d+/]+={0,2}$/.test(first)) return undefined;
  return certificateOf(Buffer.from(first, 'base64'));
}

function certificateOf(encoded: string | Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(encoded);
  } catch {
    return undefined;
  }
}

/** What is wrong with the x5c of a key that is otherwise in order, or undefined; also where there is none. */
export function certificateProblem(jwk: Jwk): string | undefined {
  if (jwk.x5c === undefined) return undefined;
  const certificate = certificateIn(jwk);
  if (!certificate) return 'has an x5c whose first value is no certificate (base64 of DER)';
  const key = createPublicKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' });
  return certificate.publicKey.equals(key) ? undefined : 'has an x5c with the certificate of another key';
}

export interface Term {
  readonly from: Instant;
  readonly until: Instant;
}

export const termOf = ({ validFromDate, validToDate }: X509Certificate): Term => ({
  from: validFromDate.getTime(),
  until: validToDate.getTime(),
});
