/**
 * What may be signed with (XML Signature 1.1; RFC 6931), and what is refused by being absent: HMAC, whose key would be a
 * certificate that everybody has; SHA-1, for which two documents with one digest have been made; comments and inclusive
 * canonicalization, under which a signed text can be read in two ways.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';

export const exclusiveCanonicalization = namespaces.exclusive;
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

type Digest = 'sha256' | 'sha384' | 'sha512';

const digests: Readonly<Record<string, Digest>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

export interface SignatureMethod {
  readonly keyType: 'rsa' | 'ec';
  readonly digest: Digest;
}

const methods: Readonly<Record<string, SignatureMethod>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': { keyType: 'rsa', digest: 'sha256' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': { keyType: 'rsa', digest: 'sha384' },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': { keyType: 'rsa', digest: 'sha512' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': { keyType: 'ec', digest: 'sha256' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': { keyType: 'ec', digest: 'sha384' },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512': { keyType: 'ec', digest: 'sha512' },
};

/** What we sign with (XML Signature 1.1, 6.1). */
export const ours = {
  'rsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'ecdsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
} as const;

/** By their names, the usual ones first: for metadata. */
export const acceptedDigests: readonly string[] = Object.keys(digests);
export const acceptedMethods: readonly string[] = Object.keys(methods);

export const digestNamed = (uri: string | undefined): Digest => named(digests, uri, 'digest');
export const methodNamed = (uri: string | undefined): SignatureMethod => named(methods, uri, 'signature');

/** @throws SamlRefusal `algorithm_refused`. */
function named<T>(table: Readonly<Record<string, T>>, uri: string | undefined, what: string): T {
  if (uri === undefined || !Object.hasOwn(table, uri)) {
    throw new SamlRefusal('algorithm_refused', `the ${what} algorithm ${uri?.slice(0, 100)}`);
  }
  return table[uri] as T;
}

/** NIST SP 800-131A: less can be broken. */
const leastRsaBits = 2048;
const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * The keys that may have made such a signature. A certificate is an envelope here: who issued it and until when it holds
 * says nothing, since the approved connection names it (Metadata 2.4.1.1; SAML2int MD05).
 */
export function keysFor({ keyType }: SignatureMethod, certificates: readonly string[]): readonly KeyObject[] {
  return certificates.flatMap((certificate) => keyIn(certificate) ?? []).filter((key) => isFit(key, keyType));
}

function keyIn(certificate: string): KeyObject | undefined {
  try {
    return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;
  } catch {
    // One that cannot be read verifies nothing; the others of the connection still may.
    return undefined;
  }
}

function isFit(key: KeyObject, keyType: SignatureMethod['keyType']): boolean {
  // A key for DSA has a modulus as well.
  if (key.asymmetricKeyType !== keyType) return false;
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  return keyType === 'rsa' ? modulusLength >= leastRsaBits : curves.has(namedCurve);
}
