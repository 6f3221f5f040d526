import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { refusalOf } from '../refused.ts';
import { newSigner } from '../sample-keys.ts';
import { algorithmElement, algorithms, type Forging, signedMessage, transforms } from './sample-message.ts';

let rsa: SigningKey;
beforeAll(async () => {
  rsa = await newSigner();
});

const refusal = (xml: string, certificate = rsa.certificate) =>
  refusalOf(() => verifyEnveloped(parseXml(xml), [certificate]));
const message = (forging: Partial<Forging> = {}) => signedMessage({ key: rsa, ...forging });

describe('an algorithm is refused', () => {
  const transform = (uri: string) =>
    transforms(algorithmElement('Transform', algorithms.enveloped), algorithmElement('Transform', uri));
  const hmac = (octets: string) =>
    createHmac('sha256', createPublicKey(rsa.key).export({ type: 'spki', format: 'pem' }))
      .update(octets)
      .digest('base64');

  it.each<[string, () => string]>([
    [
      'SHA-1 in the signature',
      () => message({ method: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hashName: 'sha1' }),
    ],
    [
      'SHA-1 in the digest',
      () => message({ digestMethod: 'http://www.w3.org/2000/09/xmldsig#sha1', digestName: 'sha1' }),
    ],
    ['MD5', () => message({ method: algorithms.method('rsa-md5'), hashName: 'md5' })],
    [
      'HMAC with the public key for a secret',
      () => message({ method: algorithms.method('hmac-sha256'), signatureOf: hmac }),
    ],
    ['HMAC with SHA-1', () => message({ method: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1', signatureOf: hmac })],
    ['DSA', () => message({ method: 'http://www.w3.org/2009/xmldsig11#dsa-sha256' })],
    ['no algorithm', () => message({ method: '' })],
    ['a name that every object has', () => message({ method: 'constructor' })],
    ['canonicalization with comments', () => message({ transforms: transform(`${algorithms.c14n}WithComments`) })],
    [
      'inclusive canonicalization',
      () => message({ transforms: transform('http://www.w3.org/TR/2001/REC-xml-c14n-20010315') }),
    ],
    ['XSLT', () => message({ transforms: transform('http://www.w3.org/TR/1999/REC-xslt-19991116') })],
    ['XPath', () => message({ transforms: transform('http://www.w3.org/TR/1999/REC-xpath-19991116') })],
    [
      'base64 for the first transform',
      () =>
        message({
          transforms: transforms(
            algorithmElement('Transform', `${namespaces.signature}base64`),
            algorithmElement('Transform', algorithms.c14n),
          ),
        }),
    ],
    [
      'comments in SignedInfo',
      () => message({ canonicalization: algorithmElement('CanonicalizationMethod', `${algorithms.c14n}WithComments`) }),
    ],
  ])('%s', (_, xml) => expect(refusal(xml())).toBe('algorithm_refused'));

  it('a curve that has no name in these specifications', () => {
    const key = createPrivateKey({ key: Buffer.from(koblitz.key, 'base64'), type: 'pkcs8', format: 'der' });
    const signed = message({ key, method: algorithms.method('ecdsa-sha256') });
    expect(refusal(signed, koblitz.certificate)).toBe('signature_invalid');
  });
});

/** On secp256k1. */
const koblitz = {
  key: 'MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgEGltVwuI9yutXQorRFtwJ7AzljVHtei9+0WlQFZxrlShRANCAASCd8Coj0DUJ46/aNue9TrFPgyo74JP5WXYOaiZm9PU32ZjB62kiLsqEblR86x9aezXcSbscJfAi/FT0FcAeMgj',
  certificate:
    'MIIBiTCCATCgAwIBAgIUDHrtZB4oIpJGJ4niGBMgJfQjvokwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQc3AuZXhhbXBsZS5hYy5qcDAgFw0yNjExMjIxMjU0MDFaGA8yMTI2MTAyOTEyNTQwMVowGzEZMBcGA1UEAwwQc3AuZXhhbXBsZS5hYy5qcDBWMBAGByqGSM49AgEGBSuBBAAKA0IABIJ3wKiPQNQnjr9o2571OsU+DKjvgk/lZdg5qJmb09TfZmMHraSIuyoRuVHzrH1p7NdxJuxwl8CL8VPQVwB4yCOjUzBRMB0GA1UdDgQWBBTIf1w4nnas0E5xJtVemXAlfvvbrzAfBgNVHSMEGDAWgBTIf1w4nnas0E5xJtVemXAlfvvbrzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIACaCpWZ89Hfk6+zea/mQ071i5N/ruRrgp7IsfQ3OACEAiBz1NqVgz1v+MJLd0t+S8NvlEphWuTpKOireT4/Odbqsg==',
};
