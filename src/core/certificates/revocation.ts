/** Whether a certificate on a path was revoked (RFC 5280, 6.1.3 (a)(3) and 6.3.3), by the lists that are at hand. */
import type { Instant } from '../../base/clock.ts';
import type { ReadCertificate } from './read-certificate.ts';

/** A list whose signature was checked against its authority when it was taken in (take-list.ts). */
export interface ListInForce {
  /** ReadCertificate.keyDigest of the authority that signed it. */
  readonly signerKey: string;
  readonly nextUpdate: Instant;
  /** RFC 5280 5.2.5: it may speak of people's and services' certificates only, or of authorities' only. */
  readonly scope: 'all' | 'leaves' | 'authorities';
  /** Serial numbers as ReadCertificate.serial. */
  readonly revoked: ReadonlySet<string>;
}

export interface RevocationRule {
  readonly lists: readonly ListInForce[];
  readonly whenStale: 'refuse' | 'accept';
}

export function judgeRevocation(
  path: readonly ReadCertificate[],
  { lists, whenStale }: RevocationRule,
  now: Instant,
): 'revoked' | 'list_stale' | undefined {
  const judged = path.slice(0, -1).map((certificate, at) => {
    const scopes = at === 0 ? ['all', 'leaves'] : ['all', 'authorities'];
    const signer = path[at + 1]?.keyDigest;
    const about = lists.filter(({ signerKey, scope }) => signerKey === signer && scopes.includes(scope));
    // A list that is too old may miss the newest, but what it names was revoked.
    if (about.some(({ revoked }) => revoked.has(certificate.serial))) return 'revoked';
    // Of authorities in between a list is not demanded: those of the configuration were chosen by the operator. Each that
    // there is has to be in force: an authority may spread what it revokes over several.
    const isMissing = at === 0 && about.length === 0;
    return isMissing || about.some(({ nextUpdate }) => now > nextUpdate) ? 'list_stale' : undefined;
  });
  if (judged.includes('revoked')) return 'revoked';
  return whenStale === 'refuse' && judged.includes('list_stale') ? 'list_stale' : undefined;
}
