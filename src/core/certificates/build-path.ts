/**
 * Ways from a certificate up to a configured authority (RFC 4158). Whoever presents a certificate chooses what comes with
 * it, so the search is bounded: a mesh of authorities that sign each other would else keep a core busy.
 */
import type { ReadCertificate } from './read-certificate.ts';

/** Certificates between leaf and authority. */
const mostBetween = 5;
/** Verifications of a signature in one search. */
const mostVerified = 48;

/** Bits. Above, each verification takes milliseconds; no authority that issues for people or services has such a key. */
const longestKey = 4096;

/** For what is sent along: the search is bounded in number, and with this in time. */
export const isQuicklyVerified = ({ x509 }: ReadCertificate): boolean =>
  (x509.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) <= longestKey;

/** Each from the leaf to the authority, both included; every certificate is signed by the next. */
export function pathsTo(
  leaf: ReadCertificate,
  authorities: readonly ReadCertificate[],
  between: readonly ReadCertificate[],
): readonly (readonly ReadCertificate[])[] {
  const found: (readonly ReadCertificate[])[] = [];
  let verified = 0;

  /** RFC 5280 6.1.3 (a)(1) and (a)(4), 6.1.4 (n): the names agree, the issuer's key may sign certificates, and signed this one. */
  function isSignedBy({ x509 }: ReadCertificate, issuer: ReadCertificate): boolean {
    if (!x509.checkIssued(issuer.x509)) return false;
    if (verified >= mostVerified) return false;
    verified += 1;
    return x509.verify(issuer.x509.publicKey);
  }

  function climb(path: readonly ReadCertificate[]): void {
    const top = path.at(-1);
    if (!top) return;
    for (const authority of authorities) if (isSignedBy(top, authority)) found.push([...path, authority]);
    if (path.length > mostBetween) return;
    for (const next of between) {
      const isOnPath = path.some(({ keyDigest, subject }) => keyDigest === next.keyDigest && subject === next.subject);
      if (!isOnPath && isSignedBy(top, next)) climb([...path, next]);
    }
  }

  climb([leaf]);
  return found;
}
