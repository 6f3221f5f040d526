/**
 * An assertion or a NameID for one service alone (Core 2.2.4, 2.3.4): encrypted with a key of its own, which is encrypted
 * with the service's. Written in canonical form like all else, so that a signed response can hold it.
 */
import { constants, createCipheriv, type KeyObject, publicEncrypt, X509Certificate } from 'node:crypto';
import type { Ids } from '../../../base/ids.ts';
import { SamlRefusal } from '../refusal.ts';
import { type CanonicalXml, element, type QualifiedName, write } from '../xml/write.ts';
import { type Cipher, ciphers, elementType, ivLength, oaepWithSha1, sha1 } from './algorithms.ts';

export interface Encrypting {
  readonly cipher: Cipher;
  readonly ids: Ids;
}

/** @param certificate the recipient's: base64 of its DER. @throws SamlRefusal `algorithm_refused`: no RSA key of 2048 bits. */
export const encryptAssertion = (xml: CanonicalXml, certificate: string, encrypting: Encrypting): CanonicalXml =>
  encryptInto('saml:EncryptedAssertion', xml, certificate, encrypting);

/** @throws SamlRefusal `algorithm_refused` likewise. */
export const encryptNameId = (xml: CanonicalXml, certificate: string, encrypting: Encrypting): CanonicalXml =>
  encryptInto('saml:EncryptedID', xml, certificate, encrypting);

function encryptInto(
  name: QualifiedName,
  xml: CanonicalXml,
  certificate: string,
  { cipher, ids }: Encrypting,
): CanonicalXml {
  const recipient = keyOf(certificate);
  const { uri, name: algorithm, keyLength } = ciphers[cipher];
  const key = ids.bytes(keyLength);
  const iv = ids.bytes(ivLength);
  const encryption = createCipheriv(algorithm, key, iv);
  const content = [iv, encryption.update(xml, 'utf8'), encryption.final(), encryption.getAuthTag()];
  // XML Encryption 1.1, 5.5.2. Software that knows no other digest here is still in use (SAML2int SDP-ALG01).
  const wrapped = publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key);
  key.fill(0);
  return write(
    element(name, {}, [
      element('xenc:EncryptedData', { Type: elementType }, [
        element('xenc:EncryptionMethod', { Algorithm: uri }),
        // The key lies inside: readers that look for it beside the text are fewer than those that do not.
        element('ds:KeyInfo', {}, [keyXml(wrapped, certificate)]),
        cipherXml(Buffer.concat(content)),
      ]),
    ]),
  );
}

const keyXml = (wrapped: Buffer, certificate: string) =>
  element('xenc:EncryptedKey', {}, [
    element('xenc:EncryptionMethod', { Algorithm: oaepWithSha1 }, [element('ds:DigestMethod', { Algorithm: sha1 })]),
    // Which of its keys: a service that turns them holds two.
    element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [certificate])])]),
    cipherXml(wrapped),
  ]);

const cipherXml = (octets: Buffer) =>
  element('xenc:CipherData', {}, [element('xenc:CipherValue', {}, [octets.toString('base64')])]);

function keyOf(certificate: string): KeyObject {
  const key = new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw new SamlRefusal('algorithm_refused', 'the certificate for encryption has no RSA key of 2048 bits or more');
  }
  return key;
}
