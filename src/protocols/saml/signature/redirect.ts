/**
 * The signature of the redirect binding (Bindings 3.4.4.1): over the parameters as they stand in the query, letter by letter.
 * Two senders escape one character in two ways, so a query that was read and written again would no longer verify.
 */
import { decodeBase64 } from '../base64.ts';
import { rawParameters, readParameter } from '../bindings/raw-query.ts';
import { SamlRefusal } from '../refusal.ts';
import { ours } from './algorithms.ts';
import { signOctets, verifyOctets } from './octet-signature.ts';
import type { SigningKey } from './sign.ts';

/** @param query `SAMLRequest=…&RelayState=…` or with SAMLResponse, escaped as it will be sent. @returns all of the query. */
export async function signRedirect(query: string, signer: SigningKey): Promise<string> {
  const signed = `${query}&SigAlg=${encodeURIComponent(ours[signer.algorithm])}`;
  const value = await signOctets(Buffer.from(signed), signer.key);
  return `${signed}&Signature=${encodeURIComponent(value)}`;
}

/**
 * @param rawQuery as it was received, without its question mark.
 * @throws SamlRefusal `signature_missing`, `signature_invalid`, `algorithm_refused`; `message_unreadable` for no such query.
 */
export function verifyRedirect(rawQuery: string, certificates: readonly string[]): void {
  const raw = rawParameters(rawQuery);
  if (raw.Signature === undefined || raw.SigAlg === undefined) {
    throw new SamlRefusal('signature_missing', 'the query is not signed');
  }
  // The order is the binding's, not the query's; a parameter that is absent is left out, one that is empty is not.
  const signed = (['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg'] as const)
    .flatMap((name) => (raw[name] === undefined ? [] : `${name}=${raw[name]}`))
    .join('&');
  const value = decodeBase64(readParameter(raw.Signature));
  if (!value) throw new SamlRefusal('signature_invalid', 'the signature is not base64');
  verifyOctets(Buffer.from(signed), value, readParameter(raw.SigAlg), certificates);
}
