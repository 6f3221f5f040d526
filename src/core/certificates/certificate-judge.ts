/** The judge of a running node: authorities from their files, lists from the store. Every question is answered anew. */

import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DomainError } from '../../base/errors.ts';
import type { Store } from '../../store/port.ts';
import type { World } from '../world.ts';
import { isQuicklyVerified } from './build-path.ts';
import { type CertificateVerdict, judgeCertificate } from './judge-certificate.ts';
import { certificatesIn, type ReadCertificate, readCertificate } from './read-certificate.ts';
import type { ListInForce } from './revocation.ts';
import { listsAt, type RevocationList, revokedSerials } from './revocation-list.ts';

export interface CertificateSources {
  /** Paths of PEM or DER files. */
  readonly authorities: readonly string[];
  readonly intermediates: readonly string[];
  readonly lists: readonly string[];
  readonly whenStale: 'refuse' | 'accept';
}

export interface CertificateJudge {
  readonly authorities: readonly ReadCertificate[];
  readonly intermediates: readonly ReadCertificate[];
  /** Places of the configured lists, as they are kept. */
  readonly lists: readonly string[];
  /** `others`: what was sent along with it. */
  judge(leaf: X509Certificate, others?: readonly X509Certificate[]): Promise<CertificateVerdict>;
}

/** A list changes every few hours or days. */
const mostRounds = 5;
/** Of those that were sent along; more than any chain has. */
const mostOthers = 8;

/** @throws DomainError `config.invalid` with the file that cannot be read, or holds no certificate. */
export function certificateJudge({ store, clock }: World, sources: CertificateSources): CertificateJudge {
  const authorities = sources.authorities.flatMap(fromFile);
  const intermediates = sources.intermediates.flatMap(fromFile);
  const { lists: places, whenStale } = sources;
  const listsInForce = listReader(store, places);

  return {
    authorities,
    intermediates,
    lists: places,
    async judge(leaf, others = []) {
      const read = readCertificate(leaf);
      if (!read) return { ok: false, reason: 'unfit' };
      const along = others
        .slice(0, mostOthers)
        .flatMap((one) => readCertificate(one) ?? [])
        .filter(isQuicklyVerified);
      const rule = { authorities, intermediates, lists: await listsInForce(), whenStale };
      return judgeCertificate({ leaf: read, others: along }, rule, clock.now());
    },
  };
}

/** A set is made of a list once, not for each visitor; whether the list is still the same is asked each time. */
function listReader(store: Store, places: readonly string[]): () => Promise<readonly ListInForce[]> {
  const sets = new Map<string, { readonly digest: string; readonly revoked: ReadonlySet<string> }>();

  /** Undefined where another has taken its place since. */
  async function revokedBy({ id, digest }: RevocationList): Promise<ReadonlySet<string> | undefined> {
    const known = sets.get(id);
    if (known?.digest === digest) return known.revoked;
    const serials = await store.get(revokedSerials, id);
    if (serials?.digest !== digest) return undefined;
    const revoked = new Set(serials.revoked);
    sets.set(id, { digest, revoked });
    return revoked;
  }

  return async () => {
    for (let round = 0; round < mostRounds; round += 1) {
      const kept = (await Promise.all(places.map((place) => listsAt(store, place)))).flat();
      const lists = await Promise.all(kept.map(async (list) => ({ list, revoked: await revokedBy(list) })));
      const inForce = lists.flatMap(({ list: { signerKey, nextUpdate, scope }, revoked }) =>
        revoked ? [{ signerKey, nextUpdate, scope, revoked }] : [],
      );
      if (inForce.length === kept.length) return inForce;
    }
    // Without one of them nobody knows what is revoked.
    throw new DomainError('store.conflict');
  };
}

function fromFile(path: string): readonly ReadCertificate[] {
  try {
    return certificatesIn(readFileSync(path));
  } catch (cause) {
    throw new DomainError('config.invalid', { file: path, reason: 'holds no certificate that can be read' }, cause);
  }
}
