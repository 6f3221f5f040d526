/**
 * The key of a service, with a certificate that it signs itself: nobody looks at more of it than the key (SAML Metadata
 * Interoperability Profile 2.6.1). Made at each start: a demonstration leaves no secrets behind.
 */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

export interface OwnKey {
  /** PEM. */
  readonly privateKey: string;
  /** X.509 in DER, base64: what the provider is given. */
  readonly certificate: string;
}

const signature = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const lifetimeMs = 3_650 * 24 * 60 * 60_000;

export async function newOwnKey(host: string): Promise<OwnKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  // The second asks for the first.
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [host] }],
    notBefore: new Date(now),
    notAfter: new Date(now + lifetimeMs),
    signingAlgorithm: signature,
    keys: {
      privateKey: pair.privateKey.toCryptoKey(signature, true, ['sign']) as CryptoKey,
      publicKey: pair.publicKey.toCryptoKey(signature, true, ['verify']) as CryptoKey,
    },
  });
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: Buffer.from(certificate.rawData).toString('base64'),
  };
}
