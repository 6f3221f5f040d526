/** A key with a certificate of its own, as PEM, for a service that we did not write. */
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { newSigner, pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';

export interface ServiceKey {
  readonly signer: SigningKey;
  readonly key: string;
  readonly certificate: string;
}

export async function newServiceKey(): Promise<ServiceKey> {
  const signer = await newSigner();
  return { signer, key: privatePemOf(signer), certificate: pemOf(signer.certificate) };
}
