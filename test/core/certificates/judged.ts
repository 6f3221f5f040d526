/** Certificates of the openssl command before the judge, at an instant of the test's choice. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type CertificateRule,
  type CertificateVerdict,
  judgeCertificate,
} from '../../../src/core/certificates/judge-certificate.ts';
import {
  certificatesIn,
  type ReadCertificate,
  readCertificate,
} from '../../../src/core/certificates/read-certificate.ts';
import type { ListInForce } from '../../../src/core/certificates/revocation.ts';
import { takeList } from '../../../src/core/certificates/take-list.ts';
import type { KeyedCertificate } from '../../support/openssl-authority.ts';

export function read(pem: string): ReadCertificate {
  const certificate = readCertificate(new X509Certificate(pem));
  if (!certificate) throw new Error('openssl made a certificate that cannot be read');
  return certificate;
}

export const readFile = (path: string): readonly ReadCertificate[] => certificatesIn(readFileSync(path));

export async function listIn(path: string, signers: readonly ReadCertificate[], now: number): Promise<ListInForce> {
  const verdict = await takeList(readFileSync(path), signers, now);
  if (!verdict.ok) throw new Error(verdict.fault);
  return { ...verdict.list, revoked: new Set(verdict.list.revoked) };
}

/** `ok`, or why not. Without lists, nothing is asked about revocation. */
export function judged(
  { certificate }: Pick<KeyedCertificate, 'certificate'>,
  rule: Partial<CertificateRule>,
  { now = Date.now(), others = [] }: { readonly now?: number; readonly others?: readonly ReadCertificate[] } = {},
): Exclude<CertificateVerdict, { ok: true }>['reason'] | 'ok' {
  const whole = { authorities: [], intermediates: [], lists: [], whenStale: 'accept' as const, ...rule };
  const verdict = judgeCertificate({ leaf: read(certificate), others }, whole, now);
  return verdict.ok ? 'ok' : verdict.reason;
}
