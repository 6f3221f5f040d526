/**
 * Whose word about a product is taken when a passkey is made: that of the makers in a signed list, and of others whose
 * roots the operator has chosen. Read from files when the node starts; without any, a certificate vouches for itself alone.
 */
import { readFileSync } from 'node:fs';
import { DomainError } from '../../../base/errors.ts';
import { certificatesIn, type ReadCertificate } from '../../certificates/read-certificate.ts';
import type { World } from '../../world.ts';
import { type MetadataBlob, readMetadataBlob } from './metadata-blob.ts';
import { isVouched, readAll } from './vouched-path.ts';

export interface MakerSources {
  /** Paths of files. */
  readonly metadata?: { readonly file: string; readonly roots: readonly string[]; readonly signer: string } | undefined;
  readonly roots: readonly string[];
}

export interface AttestedProduct {
  readonly aaguid: string;
  /** DER, the attesting certificate first. */
  readonly chain: readonly Uint8Array[];
}

export interface PasskeyMakers {
  readonly metadata?: Pick<MetadataBlob, 'number' | 'expiresAt'>;
  /** Whether somebody who is believed says that it is that product, and nothing is known against it. */
  vouchFor(product: AttestedProduct): boolean;
}

/** @throws DomainError `config.invalid` with the file that cannot be read or believed. */
export async function openPasskeyMakers(
  { clock }: Pick<World, 'clock'>,
  sources: MakerSources,
): Promise<PasskeyMakers> {
  const roots = sources.roots.flatMap(certificatesOf);
  const { metadata } = sources;
  const blob = metadata && (await blobOf(metadata, clock.now()));
  return {
    ...(blob ? { metadata: blob } : {}),
    vouchFor({ aaguid, chain }) {
      const listed = blob?.products.get(aaguid);
      if (listed?.isWithdrawn) return false;
      const anchors = readAll((listed?.roots ?? []).map((der) => Buffer.from(der, 'base64')));
      return isVouched(readAll(chain), [...anchors, ...roots], clock.now());
    },
  };
}

async function blobOf(source: NonNullable<MakerSources['metadata']>, now: number): Promise<MetadataBlob> {
  const { file, signer } = source;
  const roots = source.roots.flatMap(certificatesOf);
  try {
    return await readMetadataBlob(readFileSync(file, 'utf8'), { roots, signer }, now);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError(
      'config.invalid',
      { file, reason: `no list of authenticators that can be believed: ${why}` },
      cause,
    );
  }
}

function certificatesOf(path: string): readonly ReadCertificate[] {
  try {
    return certificatesIn(readFileSync(path));
  } catch (cause) {
    throw new DomainError('config.invalid', { file: path, reason: 'holds no certificate that can be read' }, cause);
  }
}
