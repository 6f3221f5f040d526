/**
 * Judges the key with which a service will sign (private_key_jwt, RFC 7523), or make its TLS connections (RFC 8705, 2.2):
 * public, asymmetric, strong, by value.
 */
import { createPublicKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { certificateProblem } from './registered-certificate.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];
const curves = ['P-256', 'P-384', 'P-521', 'Ed25519'];

/** What is wrong with the JWK, or undefined. Says nothing of the key's own values, which may be private. */
export function publicKeyProblem(jwk: Readonly<Record<string, unknown>>): string | undefined {
  if (jwk.kty === 'oct' || 'k' in jwk) return 'is a symmetric key; only public keys are kept here';
  if (privateMembers.some((member) => member in jwk)) {
    return 'holds the private key: make a new pair, since this one has left its owner, and give its public half';
  }
  if ('x5u' in jwk || 'jku' in jwk) return 'points elsewhere (x5u, jku); give the key by value';
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'is not for signatures (use is not sig)';
  if (jwk.kty !== 'RSA' && !curves.includes(String(jwk.crv))) {
    return `expected RSA, or one of the curves ${curves.join(', ')}`;
  }
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' });
  } catch {
    return 'is no valid public key (RFC 7517)';
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < 2048) return `is an RSA key of ${bits} bits; at least 2048 are needed`;
  return certificateProblem(jwk);
}
