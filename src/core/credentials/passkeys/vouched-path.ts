/**
 * Whether a chain of certificates leads to one that is believed. Another question than that of client certificates
 * (core/certificates/judge-certificate.ts): a maker's certificates say nothing of the purpose, and no list of theirs is kept.
 */
import { X509Certificate } from 'node:crypto';
import type { Instant } from '../../../base/clock.ts';
import { isQuicklyVerified, pathsTo } from '../../certificates/build-path.ts';
import { type ReadCertificate, readCertificate } from '../../certificates/read-certificate.ts';

/** RFC 5280 4.2.1.3: keyCertSign. */
const signsCertificates = 32;
/** More than any chain has. */
const mostSent = 8;

/** Those that can be read. DER. */
export const readAll = (chain: readonly Uint8Array[]): readonly ReadCertificate[] =>
  chain.flatMap((der) => {
    try {
      return readCertificate(new X509Certificate(der)) ?? [];
    } catch {
      return [];
    }
  });

/** `at`: every certificate on the way must be in force then. */
export function isVouched(
  chain: readonly ReadCertificate[],
  anchors: readonly ReadCertificate[],
  at: Instant,
): boolean {
  const [leaf, ...between] = chain.slice(0, mostSent);
  if (!leaf) return false;
  const isInForce = ({ notBefore, notAfter }: ReadCertificate) => notBefore <= at && at <= notAfter;
  // FIDO Metadata Statement 4.2, attestationRootCertificates: it may be the very certificate that attests.
  if (anchors.some(({ digest }) => digest === leaf.digest)) return isInForce(leaf);
  return pathsTo(leaf, anchors, between.filter(isQuicklyVerified)).some(
    ([, ...above]) => isInForce(leaf) && above.every((one, height) => isInForce(one) && maySign(one, height)),
  );
}

/** RFC 5280 6.1.4 (k) to (n): whoever holds an ordinary certificate could else vouch for anything. */
const maySign = ({ isAuthority, keyUsage, pathLength }: ReadCertificate, below: number): boolean =>
  isAuthority &&
  (keyUsage === undefined || (keyUsage & signsCertificates) !== 0) &&
  below <= (pathLength ?? Number.POSITIVE_INFINITY);
