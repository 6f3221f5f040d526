/**
 * Verifies the enveloped signature of a message or of metadata, and returns what was signed: read again from the very octets
 * whose digest was compared, so that whatever else the document held, nobody can come to read it. Not left to xml-crypto,
 * which looks references up in the whole document and leaves it to its caller to compare what was found with what was
 * meant: every wrapping attack lives in that gap. Here nothing is looked up. A signature speaks of the root or is refused.
 */
import { hash } from 'node:crypto';
import { decodeBase64 } from '../base64.ts';
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { canonicalize } from '../xml/canonical.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';
import { limitsFor } from '../xml/limits.ts';
import type { XmlNode } from '../xml/node.ts';
import { parseXml, type XmlDocument } from '../xml/parse.ts';
import { digestNamed } from './algorithms.ts';
import { verifyOctets } from './octet-signature.ts';
import { readSignedInfo } from './reference.ts';

/** Whether there is a signature anywhere: one that `verifyEnveloped` then does not find where it belongs, was moved. */
export function isSigned({ root }: XmlDocument): boolean {
  const waiting: XmlNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isSignature(node)) return true;
    for (const child of node.children) waiting.push(child);
  }
  return false;
}

/**
 * @param certificates base64 of their DER. No key comes from elsewhere: what the message brings (KeyInfo) is not read.
 * @throws SamlRefusal `signature_missing`, `signature_invalid`, `algorithm_refused`.
 */
export function verifyEnveloped({ root }: XmlDocument, certificates: readonly string[]): XmlElement {
  const signature = signatureOf(root);
  const { signedInfo, value } = partsOf(signature);

  // 1. The signature was made over these octets of SignedInfo; what it says is read from them alone.
  const octets = canonicalize(signedInfo, { inclusive: readSignedInfo(signedInfo).inclusive });
  const { method, reference } = readSignedInfo(parseXml(octets).root);
  verifyOctets(Buffer.from(octets), octetsOf(value.text), method, certificates);

  // 2. It speaks of the root (Core 5.4.2), and nothing else goes by the root's name.
  const id = root.attributes.ID;
  if (id === undefined || id === '' || reference.uri !== `#${id}`) throw invalid('the reference is not to the root');
  if (countNamed(root, id) !== 1) throw invalid('a second element has the ID of the root');

  // 3. The digest is that of the root without the signature. The octets of that digest are what is read from now on.
  const signed = canonicalize(root, { without: signature, inclusive: reference.inclusive });
  const digest = hash(digestNamed(reference.digestMethod), signed, 'buffer');
  if (!digest.equals(octetsOf(reference.digestValue))) throw invalid('the digest is that of another element');
  return parseXml(signed, limitsFor(signed.length)).root;
}

const isSignature = (node: XmlNode): boolean => isNamed(node, namespaces.signature, 'Signature');

/** After saml:Issuer, else first: so do all schemas of SAML place it (Core 2.3.3, 3.2.1, 3.2.2; Metadata 2.3). */
function signatureOf(root: XmlNode): XmlNode {
  const found = root.children.filter(isSignature);
  const [signature] = found;
  if (!signature) throw new SamlRefusal('signature_missing', 'the root has no signature');
  if (found.length > 1) throw invalid('the root has more than one signature');
  const place = 1 + root.children.findIndex((child) => isNamed(child, namespaces.assertion, 'Issuer'));
  if (root.children[place] !== signature) throw invalid('the signature is not where the schema has it');
  return signature;
}

/** ds:Object is refused: it is where a wrapped message hides what was signed, and SAML has no use for it. */
function partsOf(signature: XmlNode): { readonly signedInfo: XmlNode; readonly value: XmlNode } {
  const [signedInfo, value, keyInfo, ...more] = signature.children;
  const isNamedAs = (node: XmlNode | undefined, name: string) => node && isNamed(node, namespaces.signature, name);
  if (!signedInfo || !isNamedAs(signedInfo, 'SignedInfo')) throw invalid('the signature has no SignedInfo');
  if (!value || !isNamedAs(value, 'SignatureValue')) throw invalid('the signature has no value');
  if (more.length > 0 || (keyInfo && !isNamedAs(keyInfo, 'KeyInfo'))) throw invalid('the signature holds other things');
  return { signedInfo, value };
}

/** Under whatever spelling: whether an attribute is an ID depends on schemas that nobody here reads. */
function countNamed(root: XmlNode, id: string): number {
  let count = 0;
  const waiting: XmlNode[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    count += node.named.filter(({ name, value }) => value === id && name.toLowerCase() === 'id').length;
    for (const child of node.children) waiting.push(child);
  }
  return count;
}

function octetsOf(base64: string): Buffer {
  const octets = decodeBase64(base64);
  if (!octets) throw invalid('a value is not base64');
  return octets;
}

const invalid = (detail: string): SamlRefusal => new SamlRefusal('signature_invalid', detail);
