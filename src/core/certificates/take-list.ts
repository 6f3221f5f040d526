/**
 * A revocation list as it came from a file or an address, read and checked (RFC 5280, 5 and 6.3.3): whoever can write to the
 * place it comes from, or to the way, must not be able to revoke, and above all not to keep something revoked alive.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Instant } from '../../base/clock.ts';
import { elementsIn } from './der.ts';
import { plainSerial, type ReadCertificate } from './read-certificate.ts';
import type { ListInForce } from './revocation.ts';

export interface TakenList {
  readonly signerKey: string;
  /** The authority, RFC 4514. */
  readonly issuer: string;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant;
  readonly scope: ListInForce['scope'];
  /** What it says of its own place and scope (RFC 5280, 5.2.5), base64url; empty where it speaks of everything. */
  readonly point: string;
  readonly revoked: readonly string[];
  /** SHA-256 of the list: one that was taken in before is recognised by it. */
  readonly digest: string;
}

/**
 * `not_a_list`: neither DER nor PEM of one. `unknown_authority`: of none that is configured. `bad_signature`: not its own.
 * `unreadable_kind`: a delta, an indirect list or one with something critical that is not understood. `no_end`: it does not
 * say when the next one comes. `from_the_future`.
 */
export type ListFault =
  | 'not_a_list'
  | 'unknown_authority'
  | 'bad_signature'
  | 'unreadable_kind'
  | 'no_end'
  | 'from_the_future';

export type ListVerdict =
  | { readonly ok: true; readonly list: TakenList }
  | { readonly ok: false; readonly fault: ListFault };

/** `signers`: authorities and intermediates of the configuration; what visitors bring along signs no list. */
export async function takeList(file: Buffer, signers: readonly ReadCertificate[], now: Instant): Promise<ListVerdict> {
  const crl = parse(file);
  if (!crl) return { ok: false, fault: 'not_a_list' };
  const named = signers
    .map((signer) => ({ signer, certificate: new x509.X509Certificate(signer.x509.raw) }))
    .filter(({ signer, certificate }) => certificate.subject === crl.issuer && maySignLists(signer.keyUsage));
  if (named.length === 0) return { ok: false, fault: 'unknown_authority' };
  const signer = await signerOf(crl, named);
  if (!signer) return { ok: false, fault: 'bad_signature' };
  const scope = scopeOf(crl);
  if (!scope) return { ok: false, fault: 'unreadable_kind' };
  const thisUpdate = crl.thisUpdate.getTime();
  const nextUpdate = crl.nextUpdate?.getTime();
  // RFC 5280 5.1.2.5: it must say so; without that a list of years ago would be as good as today's.
  if (nextUpdate === undefined) return { ok: false, fault: 'no_end' };
  if (thisUpdate > now + skew) return { ok: false, fault: 'from_the_future' };
  const revoked = crl.entries.map(({ serialNumber }) => plainSerial(serialNumber));
  const digest = createHash('sha256').update(Buffer.from(crl.rawData)).digest('base64url');
  const { keyDigest: signerKey, subject: issuer } = signer;
  const point = Buffer.from(pointOf(crl)?.value ?? new ArrayBuffer()).toString('base64url');
  return { ok: true, list: { signerKey, issuer, thisUpdate, nextUpdate, scope, point, revoked, digest } };
}

/** Milliseconds by which an authority's clock may be ahead of ours. */
const skew = 5 * 60_000;

function parse(file: Buffer): x509.X509Crl | undefined {
  const [, pem] = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/.exec(file.toString('latin1')) ?? [];
  try {
    const crl = new x509.X509Crl(new Uint8Array(pem === undefined ? file : Buffer.from(pem, 'base64')));
    // Read now: whatever cannot be is no list.
    return crl.thisUpdate && crl.entries && crl.extensions ? crl : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 5280 6.3.3 (f): an authority whose certificate names what its key may do must name the signing of lists. */
const maySignLists = (keyUsage: number | undefined): boolean =>
  keyUsage === undefined || (keyUsage & x509.KeyUsageFlags.cRLSign) !== 0;

interface Named {
  readonly signer: ReadCertificate;
  readonly certificate: x509.X509Certificate;
}

async function signerOf(crl: x509.X509Crl, named: readonly Named[]): Promise<ReadCertificate | undefined> {
  for (const { signer, certificate } of named) {
    if (await crl.verify({ publicKey: certificate.publicKey }).catch(() => false)) return signer;
  }
  return undefined;
}

const issuingDistributionPoint = '2.5.29.28';
const cRLReason = '2.5.29.21';
const invalidityDate = '2.5.29.24';

const pointOf = ({ extensions }: x509.X509Crl) => extensions.find(({ type }) => type === issuingDistributionPoint);

/** Undefined for a list that says less than it seems to: RFC 5280 5.2.4 (delta), 5.2.5 (indirect, some reasons only). */
function scopeOf(crl: x509.X509Crl): ListInForce['scope'] | undefined {
  const foreign = crl.extensions.some(({ critical, type }) => critical && type !== issuingDistributionPoint);
  const strange = crl.entries.some(({ extensions }) =>
    extensions.some(({ critical, type }) => critical && type !== cRLReason && type !== invalidityDate),
  );
  if (foreign || strange) return undefined;
  const point = pointOf(crl);
  return point ? scopeIn(Buffer.from(point.value)) : 'all';
}

/**
 * IssuingDistributionPoint ::= SEQUENCE of fields with the tags 0 to 5; the library does not read this one. Of the booleans
 * only 1 (people and services only) and 2 (authorities only) leave a list that can be used alone.
 */
function scopeIn(point: Buffer): ListInForce['scope'] | undefined {
  const fields = fieldsIn(point);
  if (!fields) return undefined;
  const isSet = (tag: number): boolean => (fields.get(tag)?.[0] ?? 0) !== 0;
  if (fields.has(3) || isSet(4) || isSet(5) || (isSet(1) && isSet(2))) return undefined;
  return isSet(1) ? 'leaves' : isSet(2) ? 'authorities' : 'all';
}

function fieldsIn(point: Buffer): ReadonlyMap<number, Buffer> | undefined {
  try {
    const [sequence] = elementsIn(point);
    return sequence && new Map(elementsIn(sequence.content).map(({ tag, content }) => [tag & 0x1f, content]));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
