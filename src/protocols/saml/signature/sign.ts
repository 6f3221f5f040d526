/**
 * Puts an enveloped signature into what xml/write.ts has written. That is canonical already, so the digest is taken over the
 * string and nothing is parsed: a signed message costs little more than the signature itself.
 */
import { hash, type KeyObject } from 'node:crypto';
import { type CanonicalXml, element, raw, write } from '../xml/write.ts';
import { envelopedSignature, exclusiveCanonicalization, ours } from './algorithms.ts';
import { signOctets } from './octet-signature.ts';

export interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
  /** Base64 of the DER. */
  readonly certificate: string;
  readonly algorithm: 'rsa-sha256' | 'ecdsa-sha256';
}

/**
 * The signature comes after saml:Issuer where there is one, else it is the first child: so the schemas of assertions,
 * messages and metadata want it (Core 2.3.3, 3.2.1; Metadata 2.3.2).
 * @throws RangeError when the root has no ID, which a signature has to name (Core 5.4.2).
 */
export async function signEnveloped(xml: CanonicalXml, signer: SigningKey): Promise<CanonicalXml> {
  const id = rootTag.exec(xml)?.[1];
  if (id === undefined) throw new RangeError('an element without an ID cannot be signed');
  const signedInfo = signedInfoOf(id, hash('sha256', xml, 'base64'), ours[signer.algorithm]);
  const value = await signOctets(Buffer.from(signedInfo), signer.key);
  const signature = element('ds:Signature', {}, [
    raw(signedInfo),
    element('ds:SignatureValue', {}, [value]),
    element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [signer.certificate])])]),
  ]);
  const at = placeIn(xml);
  return `${xml.slice(0, at)}${write(signature)}${xml.slice(at)}` as CanonicalXml;
}

/** In canonical text the quotes of a value tell where a tag ends; `>` may stand inside. */
const rootTag = /^<[^\s>]+(?: [^=]+="[^"]*")*(?: ID="([^"]*)")(?: [^=]+="[^"]*")*>/;
const issuer = /<saml:Issuer(?: [^=]+="[^"]*")*>[^<]*<\/saml:Issuer>/y;

function placeIn(xml: CanonicalXml): number {
  const first = rootTag.exec(xml)?.[0].length ?? 0;
  issuer.lastIndex = first;
  return first + (issuer.exec(xml)?.[0].length ?? 0);
}

/** Its canonical form as an element of its own is what is signed (XML Signature 4.4). `id` is escaped as it stands. */
function signedInfoOf(id: string, digest: string, method: string): CanonicalXml {
  return write(
    element('ds:SignedInfo', {}, [
      element('ds:CanonicalizationMethod', { Algorithm: exclusiveCanonicalization }),
      element('ds:SignatureMethod', { Algorithm: method }),
      element('ds:Reference', { URI: `#${id}` }, [
        element('ds:Transforms', {}, [
          element('ds:Transform', { Algorithm: envelopedSignature }),
          element('ds:Transform', { Algorithm: exclusiveCanonicalization }),
        ]),
        element('ds:DigestMethod', { Algorithm: ours.sha256 }),
        element('ds:DigestValue', {}, [digest]),
      ]),
    ]),
  );
}
