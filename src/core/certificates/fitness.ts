/** What a certificate may be used for, as it says itself, and whether key and signature are strong enough. */
import type { ReadCertificate } from './read-certificate.ts';

/** RFC 5280 4.2.1.3. */
const digitalSignature = 1;
/** RFC 5280 4.2.1.12. */
const clientAuth = '1.3.6.1.5.5.7.3.2';
const anyPurpose = '2.5.29.37.0';

/**
 * Critical extensions that are looked at, or say nothing to us: basicConstraints, keyUsage, extKeyUsage, subjectAltName, and
 * certificatePolicies, of which none is demanded. RFC 5280 4.2: whoever meets another one must refuse, name constraints
 * among them.
 */
const understood = new Set(['2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.32']);

const isUnderstood = ({ criticalExtensions }: ReadCertificate): boolean =>
  criticalExtensions.every((type) => understood.has(type));

/** NIST SP 800-131A: with a short RSA key somebody else may be able to sign in its place. */
function hasStrongKey({ x509 }: ReadCertificate): boolean {
  const { modulusLength = Number.POSITIVE_INFINITY } = x509.publicKey.asymmetricKeyDetails ?? {};
  return modulusLength >= 2048;
}

/** NIST SP 800-131A: with SHA-1 or MD5 somebody else may be able to make one like it. */
const isStronglySigned = ({ x509 }: ReadCertificate): boolean =>
  !/md[245]|sha-?1(?!\d)/i.test(x509.signatureAlgorithm ?? '');

export const isFitLeaf = (leaf: ReadCertificate): boolean =>
  isUnderstood(leaf) &&
  hasStrongKey(leaf) &&
  isStronglySigned(leaf) &&
  // Its key answers in the handshake by signing (RFC 8446, 4.4.2.4).
  (leaf.keyUsage === undefined || (leaf.keyUsage & digitalSignature) !== 0) &&
  (leaf.purposes === undefined || leaf.purposes.includes(clientAuth));

/** `below`: the authorities between this one and the leaf. */
export const isFitBetween = (authority: ReadCertificate, below: readonly ReadCertificate[]): boolean =>
  isFitAuthority(authority, below) && isStronglySigned(authority);

/** One of the configuration: the operator believes it, whoever has signed it (RFC 5280, 6.1.1 (d)); old roots did with SHA-1. */
export const isFitAuthority = (authority: ReadCertificate, below: readonly ReadCertificate[]): boolean =>
  isUnderstood(authority) &&
  hasStrongKey(authority) &&
  // RFC 5280 6.1.4 (k); (n), that its key may sign certificates, was seen when the path was built.
  authority.isAuthority &&
  // One that issues for servers or for mail only does not speak about clients, as every browser reads it.
  (authority.purposes === undefined || authority.purposes.some((one) => one === clientAuth || one === anyPurpose)) &&
  // 6.1.4 (l), (m): those that have renewed themselves do not count.
  below.filter(({ subject, issuer }) => subject !== issuer).length <=
    (authority.pathLength ?? Number.POSITIVE_INFINITY);
