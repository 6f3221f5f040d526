/**
 * What ds:SignedInfo says (XML Signature 1.1, 4.4), as far as SAML lets it (Core 5.4): one reference, two transforms. Whatever
 * else is in it is refused: a transform decides what is digested, and one that cuts something out signs what is left.
 */
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';
import { envelopedSignature, exclusiveCanonicalization } from './algorithms.ts';

export interface Reference {
  readonly uri: string;
  readonly digestMethod: string | undefined;
  readonly digestValue: string;
  /** Prefixes that its canonicalization declares wherever they are in scope. */
  readonly inclusive: readonly string[];
}

export interface SignedInfo {
  readonly method: string | undefined;
  /** Prefixes, likewise, of SignedInfo's own canonicalization. */
  readonly inclusive: readonly string[];
  readonly reference: Reference;
}

/** @throws SamlRefusal `signature_invalid`, `algorithm_refused`. */
export function readSignedInfo(signedInfo: XmlElement): SignedInfo {
  const [canonicalization, method, reference, ...more] = signedInfo.children;
  expect(canonicalization, 'CanonicalizationMethod');
  expect(method, 'SignatureMethod');
  expect(reference, 'Reference');
  // Core 5.4.2. A second reference could be the one that is meant, and the first the one that is looked at.
  if (more.length > 0) throw invalid('SignedInfo holds more than one reference');
  // An HMACOutputLength would make a signature of one bit.
  if (method.children.length > 0) throw invalid('the signature method has parameters');
  return {
    method: method.attributes.Algorithm,
    inclusive: prefixesOf(canonicalization),
    reference: readReference(reference),
  };
}

function readReference(reference: XmlElement): Reference {
  const [transforms, digestMethod, digestValue, ...more] = reference.children;
  expect(transforms, 'Transforms');
  expect(digestMethod, 'DigestMethod');
  expect(digestValue, 'DigestValue');
  const [enveloped, canonicalization, ...others] = transforms.children;
  expect(enveloped, 'Transform');
  expect(canonicalization, 'Transform');
  if (more.length + others.length + enveloped.children.length + digestValue.children.length > 0) {
    throw invalid('a reference holds more than it may');
  }
  // Core 5.4.4.
  if (enveloped.attributes.Algorithm !== envelopedSignature) throw refused(enveloped);
  return {
    uri: reference.attributes.URI ?? '',
    digestMethod: digestMethod.attributes.Algorithm,
    digestValue: digestValue.text,
    inclusive: prefixesOf(canonicalization),
  };
}

/** Each costs a look at every element. */
const mostPrefixes = 20;

/** Exclusive XML Canonicalization 1.0, 4, and only that. @throws SamlRefusal `algorithm_refused`. */
function prefixesOf(canonicalization: XmlElement): readonly string[] {
  if (canonicalization.attributes.Algorithm !== exclusiveCanonicalization) throw refused(canonicalization);
  const [inclusive, ...more] = canonicalization.children;
  if (!inclusive) return [];
  if (more.length > 0 || !isNamed(inclusive, namespaces.exclusive, 'InclusiveNamespaces')) {
    throw invalid('the canonicalization has parameters that it does not know');
  }
  const prefixes = (inclusive.attributes.PrefixList ?? '').split(/[ \t\r\n]+/).filter((prefix) => prefix !== '');
  if (prefixes.length > mostPrefixes) throw invalid('too many prefixes are to be declared');
  return prefixes.map((prefix) => (prefix === '#default' ? '' : prefix));
}

function expect(element: XmlElement | undefined, name: string): asserts element is XmlElement {
  if (!element || !isNamed(element, namespaces.signature, name)) throw invalid(`ds:${name} is not where it belongs`);
}

const invalid = (detail: string): SamlRefusal => new SamlRefusal('signature_invalid', detail);
const refused = ({ attributes }: XmlElement): SamlRefusal =>
  new SamlRefusal('algorithm_refused', `the transform ${attributes.Algorithm?.slice(0, 100)}`);
