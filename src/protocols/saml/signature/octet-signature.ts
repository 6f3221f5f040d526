/** A signature over octets, whichever binding carries it. ECDSA values are r and s side by side (XML Signature 1.1, 6.4.3). */
import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { SamlRefusal } from '../refusal.ts';
import { keysFor, methodNamed } from './algorithms.ts';

const signOnThread = promisify(sign);

/** Base64. Made on a thread of its own: the event loop goes on. */
export async function signOctets(octets: Buffer, key: KeyObject): Promise<string> {
  const value = await signOnThread('sha256', octets, { key, dsaEncoding: 'ieee-p1363' });
  return value.toString('base64');
}

/**
 * Tries each certificate in turn, since a service may be about to turn its keys (SAML2int IDP32).
 * @throws SamlRefusal `algorithm_refused`, `signature_invalid`.
 */
export function verifyOctets(
  octets: Buffer,
  value: Buffer,
  algorithm: string | undefined,
  certificates: readonly string[],
): void {
  const method = methodNamed(algorithm);
  const isGood = keysFor(method, certificates).some((key) =>
    verify(method.digest, octets, { key, dsaEncoding: 'ieee-p1363' }, value),
  );
  if (!isGood) throw new SamlRefusal('signature_invalid', 'no certificate of the connection verifies it');
}
