/**
 * Opens what a service encrypted for us: the NameID of a LogoutRequest (Core 2.2.4). Whatever goes wrong with the octets is
 * told in one way, so that nobody learns anything about them by asking again.
 */
import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { decodeBase64 } from '../base64.ts';
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { childNamed, childrenNamed, type XmlElement } from '../xml/element.ts';
import { textOf } from '../xml/octets.ts';
import { parseXml } from '../xml/parse.ts';
import {
  ciphers,
  ivLength,
  maskDigests,
  maskOfSha1,
  oaep,
  oaepDigests,
  oaepWithSha1,
  sha1,
  tagLength,
} from './algorithms.ts';

/**
 * @param encrypted saml:EncryptedID or its like: one EncryptedData, its key inside or beside it.
 * @param keys ours, each tried in turn.
 * @throws SamlRefusal `message_invalid`, `algorithm_refused`, `decryption_failed`, and those of `parseXml`.
 */
export function decrypt(encrypted: XmlElement, keys: readonly KeyObject[]): XmlElement {
  const content = childNamed(encrypted, namespaces.encryption, 'EncryptedData');
  if (!content) throw new SamlRefusal('message_invalid', 'nothing encrypted is where it should be');
  const cipher = Object.values(ciphers).find(({ uri }) => uri === algorithmOf(content));
  if (!cipher) throw refused(content);
  const wrappedKeys = wrappedKeysOf(encrypted, content);
  const text = cipherValue(content);
  for (const wrapped of wrappedKeys) {
    for (const key of keys) {
      const opened = opening(() => unseal(text, unwrap(wrapped, key), cipher.name));
      if (opened) return parseXml(textOf(opened)).root;
    }
  }
  throw new SamlRefusal('decryption_failed', 'no key of ours opens it');
}

interface WrappedKey {
  readonly digest: string;
  readonly octets: Buffer;
}

/** Each costs a private operation with each of our keys. */
const mostKeys = 5;

/** One for each recipient: inside the EncryptedData, or beside it (Core 2.2.4; XML Encryption 1.1, 3.5). */
function wrappedKeysOf(encrypted: XmlElement, content: XmlElement): readonly WrappedKey[] {
  const inside = childrenNamed(content, namespaces.signature, 'KeyInfo');
  return [...inside, encrypted]
    .flatMap((place) => childrenNamed(place, namespaces.encryption, 'EncryptedKey'))
    .slice(0, mostKeys)
    .map((key) => ({ digest: oaepDigestOf(key), octets: cipherValue(key) }));
}

/** @throws SamlRefusal `algorithm_refused`: PKCS#1 v1.5, or a mask with another digest than the rest. */
function oaepDigestOf(key: XmlElement): string {
  const method = childNamed(key, namespaces.encryption, 'EncryptionMethod');
  const algorithm = algorithmOf(key);
  if (!method || (algorithm !== oaepWithSha1 && algorithm !== oaep)) throw refused(key);
  const digest = oaepDigests[childNamed(method, namespaces.signature, 'DigestMethod')?.attributes.Algorithm ?? sha1];
  const asked = childNamed(method, namespaces.encryption11, 'MGF')?.attributes.Algorithm ?? maskOfSha1;
  const mask = maskDigests[algorithm === oaep ? asked : maskOfSha1];
  const hasLabel = childNamed(method, namespaces.encryption, 'OAEPparams') !== undefined;
  if (digest === undefined || digest !== mask || hasLabel) throw refused(key);
  return digest;
}

const unwrap = ({ digest, octets }: WrappedKey, key: KeyObject): Buffer =>
  privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: digest }, octets);

function unseal(octets: Buffer, key: Buffer, cipher: 'aes-256-gcm' | 'aes-128-gcm'): Buffer {
  const end = octets.length - tagLength;
  const decryption = createDecipheriv(cipher, key, octets.subarray(0, ivLength), { authTagLength: tagLength });
  decryption.setAuthTag(octets.subarray(end));
  return Buffer.concat([decryption.update(octets.subarray(ivLength, end)), decryption.final()]);
}

function opening(open: () => Buffer): Buffer | undefined {
  try {
    return open();
  } catch {
    // A key that was meant for somebody else, or octets that somebody changed: there is no telling which.
    return undefined;
  }
}

const algorithmOf = (element: XmlElement): string | undefined =>
  childNamed(element, namespaces.encryption, 'EncryptionMethod')?.attributes.Algorithm;

function cipherValue(element: XmlElement): Buffer {
  const place = childNamed(element, namespaces.encryption, 'CipherData');
  const octets = decodeBase64((place && childNamed(place, namespaces.encryption, 'CipherValue')?.text) ?? '');
  if (!octets?.length) throw new SamlRefusal('message_invalid', 'encrypted content without octets');
  return octets;
}

const refused = (element: XmlElement): SamlRefusal =>
  new SamlRefusal('algorithm_refused', `the encryption algorithm ${algorithmOf(element)?.slice(0, 100)}`);
