/**
 * The list of authenticators that the FIDO Alliance signs and puts out each month (FIDO Metadata Service 3, 3.1.7), from a
 * file that the operator has fetched: nobody is asked for anything. What is kept of it is little; the file is large.
 */
import { X509Certificate } from 'node:crypto';
import { compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import type { Instant } from '../../../base/clock.ts';
import { days } from '../../../base/duration.ts';
import type { ReadCertificate } from '../../certificates/read-certificate.ts';
import { isVouched, readAll } from './vouched-path.ts';

export interface MetadataBlob {
  readonly number: number;
  /** From then on it is out of date: there has been another. */
  readonly expiresAt: Instant;
  /** By AAGUID. */
  readonly products: ReadonlyMap<string, ListedProduct>;
}

export interface ListedProduct {
  /** Whoever holds one, or its maker's key, may not be who they say. */
  readonly isWithdrawn: boolean;
  /** DER in base64; read when one of them is asked for. */
  readonly roots: readonly string[];
}

export interface MetadataTrust {
  readonly roots: readonly ReadCertificate[];
  /** The host name in the certificate of who signs: the root issues for many. */
  readonly signer: string;
}

/** FIDO Metadata Service 3, 3.1.4: after these nothing that such an authenticator says may be relied on. */
const withdrawn: readonly string[] = [
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
];

const header = z.object({ x5c: z.array(z.string()).min(1) });

const payload = z.object({
  no: z.int(),
  nextUpdate: z.iso.date(),
  entries: z.array(
    z.object({
      aaguid: z.string().optional(),
      statusReports: z.array(z.object({ status: z.string() })),
      metadataStatement: z.object({ attestationRootCertificates: z.array(z.string()) }).optional(),
    }),
  ),
});

/** @throws Error that says what is wrong with it. */
export async function readMetadataBlob(text: string, trust: MetadataTrust, now: Instant): Promise<MetadataBlob> {
  const jwt = text.trim();
  const { x5c } = header.parse(decodeProtectedHeader(jwt));
  const chain = x5c.map((certificate) => Buffer.from(certificate, 'base64'));
  const signer = new X509Certificate(chain[0] ?? Buffer.alloc(0));
  if (signer.checkHost(trust.signer) === undefined) throw new Error(`it is not signed by ${trust.signer}`);
  const { payload: signed } = await compactVerify(jwt, signer.publicKey, {
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512'],
  });
  const { no, nextUpdate, entries } = payload.parse(JSON.parse(Buffer.from(signed).toString()));
  const expiresAt = Date.parse(nextUpdate) + days(1);
  // One that is out of date was signed with a certificate that may have ended since. It is told of, and used (doctor).
  if (!isVouched(readAll(chain), trust.roots, Math.min(now, expiresAt))) {
    throw new Error('its signature leads to none of the roots');
  }
  const products = new Map(
    entries.flatMap(({ aaguid, statusReports, metadataStatement }) => {
      if (aaguid === undefined) return [];
      const isWithdrawn = statusReports.some(({ status }) => withdrawn.includes(status));
      return [[aaguid, { isWithdrawn, roots: metadataStatement?.attestationRootCertificates ?? [] }] as const];
    }),
  );
  return { number: no, expiresAt, products };
}
