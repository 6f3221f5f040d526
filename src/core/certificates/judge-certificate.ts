/**
 * Whether a certificate is good for proving who its holder is: a path to a configured authority is built and validated
 * (RFC 5280, 6.1), each certificate on it is in force, fit for the purpose and not revoked. Pure. That its holder has the
 * private key was shown in the TLS handshake, not here; to whom it belongs is match-subject.ts.
 */
import type { Instant } from '../../base/clock.ts';
import { pathsTo } from './build-path.ts';
import { isFitAuthority, isFitBetween, isFitLeaf } from './fitness.ts';
import type { ReadCertificate } from './read-certificate.ts';
import { judgeRevocation, type ListInForce } from './revocation.ts';

export interface CertificateRule {
  readonly authorities: readonly ReadCertificate[];
  readonly intermediates: readonly ReadCertificate[];
  readonly lists: readonly ListInForce[];
  /** While no list of an authority is in force. */
  readonly whenStale: 'refuse' | 'accept';
}

export interface Presented {
  readonly leaf: ReadCertificate;
  /** Sent along with it, believed for nothing but what they lead to. */
  readonly others: readonly ReadCertificate[];
}

/** From what says most to its holder to what says least: of several paths the one that failed last is told. */
export const certificateRefusals = [
  'revoked',
  'list_stale',
  'expired',
  'not_yet_valid',
  /** Made for another purpose, or with a key or a signature that is too weak. */
  'unfit',
  'unknown_authority',
] as const;
export type CertificateRefusal = (typeof certificateRefusals)[number];

export type CertificateVerdict =
  | { readonly ok: true; readonly certificate: ReadCertificate; readonly path: readonly ReadCertificate[] }
  | { readonly ok: false; readonly reason: CertificateRefusal };

export function judgeCertificate({ leaf, others }: Presented, rule: CertificateRule, now: Instant): CertificateVerdict {
  const { authorities, intermediates } = rule;
  const paths = pathsTo(leaf, authorities, [...intermediates, ...others]);
  const reasons = new Set<CertificateRefusal>();
  for (const path of paths) {
    const reason = faultOf(path, rule, now);
    if (reason === undefined) return { ok: true, certificate: leaf, path };
    reasons.add(reason);
  }
  return { ok: false, reason: certificateRefusals.find((reason) => reasons.has(reason)) ?? 'unknown_authority' };
}

/** `path` leads from the leaf to the authority; that each is signed by the next was seen when it was built. */
function faultOf(
  path: readonly ReadCertificate[],
  rule: CertificateRule,
  now: Instant,
): CertificateRefusal | undefined {
  const [leaf, ...above] = path;
  const anchor = above.at(-1);
  if (!leaf || !anchor) return 'unknown_authority';
  const between = above.slice(0, -1);
  // RFC 5280 6.1.4 (k) to (n): an ordinary certificate that signs others makes anybody an authority.
  if (!between.every((authority, height) => isFitBetween(authority, above.slice(0, height))))
    return 'unknown_authority';
  if (!isFitAuthority(anchor, between)) return 'unknown_authority';
  // 6.1.3 (a)(2), also of the authority itself: one that has ended is believed no more than what it signed.
  if (above.some((authority) => now < authority.notBefore || now > authority.notAfter)) return 'unknown_authority';
  if (now < leaf.notBefore) return 'not_yet_valid';
  if (now > leaf.notAfter) return 'expired';
  if (!isFitLeaf(leaf)) return 'unfit';
  return judgeRevocation(path, rule, now);
}
