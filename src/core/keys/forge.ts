/**
 * Makes the material of a new key: random bytes, or a pair; for SAML a pair with a certificate that it signs itself. Services
 * pin that certificate and look at nothing in it but the key; some refuse it after its end, so it outlasts its key.
 */
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import type { Ids } from '../../base/ids.ts';

export type RingAlgorithm = 'RS256' | 'ES256' | 'EdDSA' | 'HS256';

export interface RingCertificate {
  /** X.509 in DER, base64. */
  readonly der: string;
  /** From then on services that look at it refuse it. */
  readonly endsAt: Instant;
}

/** Lengths in milliseconds: those of the calendar, which it outlasts. */
export interface CertificateRule {
  readonly period: number;
  readonly publishAhead: number;
  readonly keepRetired: number;
  /** The issuer's host: a federation compares it with the entity's addresses (RFC 6125). */
  readonly host: string;
  /** Of the RSA key. */
  readonly bits: number;
}

export interface KeyMaterial {
  /** PKCS#8 in DER for asymmetric keys, raw bytes for symmetric ones. */
  readonly secret: Buffer;
  readonly certificate?: RingCertificate;
}

const generate = promisify(generateKeyPair);

export async function forgeKey(
  { algorithm, isCertified }: { readonly algorithm: RingAlgorithm; readonly isCertified: boolean },
  rule: CertificateRule,
  world: { readonly ids: Ids; readonly clock: { now(): Instant } },
): Promise<KeyMaterial> {
  if (algorithm === 'HS256') return { secret: world.ids.bytes(32) };
  const pair =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: isCertified ? rule.bits : 2048 })
      : algorithm === 'ES256'
        ? await generate('ec', { namedCurve: 'P-256' })
        : await generate('ed25519');
  const secret = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
  if (!isCertified) return { secret };
  return { secret, certificate: await certify(pair.privateKey, rule, world.ids, world.clock.now()) };
}

/** Keys that were late in turning still have a certificate meanwhile. */
const margin = days(180);
/** A service whose clock is behind ours accepts it at once. */
const skew = days(1);
const signatures = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const;

async function certify(key: KeyObject, rule: CertificateRule, ids: Ids, now: Instant): Promise<RingCertificate> {
  // Only here: a start that makes no key need not load them. The second asks for the first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const signature = signatures[key.asymmetricKeyType === 'ec' ? 'ec' : 'rsa'];
  // The library means the browser's type of the same thing, wherever that is declared.
  const privateKey = key.toCryptoKey(signature, true, ['sign']) as CryptoKey;
  const publicKey = createPublicKey(key).toCryptoKey(signature, true, ['verify']) as CryptoKey;
  const endsAt = now + rule.publishAhead + rule.period + rule.keepRetired + margin;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // X.520: a common name has at most 64 characters; the whole name stands below.
    name: [{ CN: [rule.host.slice(0, 64)] }],
    // RFC 5280 4.1.2.2: positive, at most 20 octets.
    serialNumber: Buffer.concat([Buffer.of(1), ids.bytes(16)]).toString('hex'),
    notBefore: new Date(now - skew),
    notAfter: new Date(endsAt),
    signingAlgorithm: signature,
    keys: { privateKey, publicKey },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: rule.host }]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { der: Buffer.from(certificate.rawData).toString('base64'), endsAt };
}
