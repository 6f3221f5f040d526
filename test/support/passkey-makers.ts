/** Makers of authenticators, and who puts out the list of them: each with a root of its own, made for the test. */
import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { CompactSign } from 'jose';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface IssueWishes {
  readonly name?: string;
  /** A DNS name. */
  readonly host?: string;
  readonly isAuthority?: boolean;
  /** Instants. */
  readonly from?: number;
  readonly until?: number;
}

export interface Keyed {
  /** DER. */
  readonly certificate: Buffer;
  readonly pem: string;
  readonly key: KeyObject;
  /** Signed by this one, whether it may or not: as the profile wants an attesting one, unless said (Web Authentication 3, 8.2.1). */
  issue(wishes?: IssueWishes): Promise<Keyed>;
}

const keyed = (made: X509Certificate, key: CryptoKey): Keyed => ({
  certificate: Buffer.from(made.rawData),
  pem: made.toString('pem'),
  key: KeyObject.from(key),
  async issue(wishes = {}) {
    const own = await pair();
    const { host, isAuthority = false } = wishes;
    const issued = await X509CertificateGenerator.create({
      subject: wishes.name ?? 'C=JP, O=Maker, OU=Authenticator Attestation, CN=Model 1',
      issuer: made.subject,
      ...term(wishes),
      signingAlgorithm: algorithm,
      signingKey: key,
      publicKey: own.publicKey,
      extensions: [
        new BasicConstraintsExtension(isAuthority),
        ...(host ? [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])] : []),
      ],
    });
    return keyed(issued, own.privateKey);
  },
});

const pair = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const term = ({ from = Date.UTC(2020, 0, 1), until = Date.UTC(2090, 0, 1) }: IssueWishes) => ({
  notBefore: new Date(from),
  notAfter: new Date(until),
});

export async function openMaker(name = 'C=JP, O=Maker, CN=Maker Root', wishes: IssueWishes = {}): Promise<Keyed> {
  const keys = await pair();
  const root = await X509CertificateGenerator.createSelfSigned({
    name,
    ...term(wishes),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign)],
  });
  return keyed(root, keys.privateKey);
}

export const signer = 'mds.fidoalliance.org';

export interface BlobEntry {
  readonly aaguid?: string;
  readonly roots?: readonly Buffer[];
  readonly status?: string;
}

export interface BlobWishes {
  readonly by: Keyed;
  readonly nextUpdate?: string;
  readonly entries?: readonly BlobEntry[];
}

/** As the FIDO Alliance puts it out: a JWT with the certificates of its signature (FIDO Metadata Service 3, 3.1.7). */
export function signBlob({ by, nextUpdate = '2026-05-01', entries = [] }: BlobWishes): Promise<string> {
  const listed = entries.map(({ aaguid, roots = [], status = 'FIDO_CERTIFIED' }) => ({
    ...(aaguid ? { aaguid } : {}),
    metadataStatement: { attestationRootCertificates: roots.map((root) => root.toString('base64')) },
    statusReports: [{ status, effectiveDate: '2024-01-01' }],
    timeOfLastStatusChange: '2024-01-01',
  }));
  const payload = { legalHeader: 'x', no: 42, nextUpdate, entries: listed };
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [by.certificate.toString('base64')] })
    .sign(by.key);
}
