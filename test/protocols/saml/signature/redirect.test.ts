import { createHmac, createPublicKey, createSign } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { signRedirect, verifyRedirect } from '../../../../src/protocols/saml/signature/redirect.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { refusalOf } from '../refused.ts';
import { newSigner } from '../sample-keys.ts';
import { algorithms } from './sample-message.ts';

let rsa: SigningKey;
let ec: SigningKey;
let foreign: SigningKey;
beforeAll(async () => {
  [rsa, ec, foreign] = await Promise.all([newSigner('RS256'), newSigner('ES256'), newSigner('RS256')]);
});

const query = 'SAMLRequest=fVLL%2Bw%3D%3D&RelayState=a%20b';
const refusal = (rawQuery: string, ...certificates: readonly string[]) =>
  refusalOf(() => verifyRedirect(rawQuery, certificates.length === 0 ? [rsa.certificate] : certificates));

/** As another sender would: in escapes of its own. */
function signedBySomebody(signed: string, hashName = 'sha256'): string {
  const value = createSign(hashName).update(signed).sign(rsa.key, 'base64');
  return `${signed}&Signature=${encodeURIComponent(value)}`;
}
const sigAlg = (name: string) => `SigAlg=${encodeURIComponent(algorithms.method(name))}`;

const smallEscapes = (text: string) => text.replace(/%../g, (found) => found.toLowerCase());

describe('a signed query', () => {
  it.each([
    ['RSA', () => rsa],
    ['ECDSA', () => ec],
  ])('is accepted as we sign it, with %s', async (_, signer) => {
    const signed = await signRedirect(query, signer());
    expect(signed).toMatch(/^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+&Signature=[^&]+$/);
    expect(refusal(signed, foreign.certificate, signer().certificate)).toBeUndefined();
  });

  it.each([
    ['small letters in escapes', `SAMLRequest=fVLL%2bw%3d%3d&RelayState=a+b&${smallEscapes(sigAlg('rsa-sha256'))}`],
    ['less escaped than needed', `SAMLRequest=fVLL/w==&RelayState=https://a/?b&${sigAlg('rsa-sha256')}`],
    ['an empty RelayState', `SAMLRequest=fVLL&RelayState=&${sigAlg('rsa-sha256')}`],
    ['no RelayState', `SAMLResponse=fVLL&${sigAlg('rsa-sha256')}`],
  ])('is accepted as others escape it: %s', (_, signed) => {
    expect(refusal(signedBySomebody(signed))).toBeUndefined();
  });

  it('is verified in the order of the binding, whatever the order of the query, and without other parameters', () => {
    const signed = signedBySomebody(`SAMLRequest=a&RelayState=b&${sigAlg('rsa-sha256')}`);
    expect(refusal(`lang=ja&${signed.split('&').toReversed().join('&')}`)).toBeUndefined();
  });

  const good = () => signedBySomebody(`${query}&${sigAlg('rsa-sha256')}`);
  it.each<[string, () => string]>([
    ['another message', () => good().replace('fVLL', 'fVLM')],
    ['another RelayState', () => good().replace('a%20b', 'a%20c')],
    ['another escape of the same RelayState', () => good().replace('a%20b', 'a+b')],
    ['a RelayState taken away', () => good().replace('&RelayState=a%20b', '')],
    ['a RelayState put in', () => `${signedBySomebody(`SAMLRequest=a&${sigAlg('rsa-sha256')}`)}&RelayState=x`],
    ['a request that becomes a response', () => good().replace('SAMLRequest', 'SAMLResponse')],
    ['another algorithm', () => good().replace('rsa-sha256', 'rsa-sha512')],
    ['a value that is not base64', () => good().replace('Signature=', 'Signature=%25')],
    ['an empty value', () => good().replace(/Signature=.*/, 'Signature=')],
  ])('is refused with %s', (_, changed) => expect(refusal(changed())).toBe('signature_invalid'));

  it('is refused under the key of another', () =>
    expect(refusal(good(), foreign.certificate)).toBe('signature_invalid'));

  it.each([
    ['the signature', /&Signature=.*/],
    ['its algorithm', /&SigAlg=[^&]*/],
  ])('is missing without %s', (_, part) => expect(refusal(good().replace(part, ''))).toBe('signature_missing'));

  it.each<[string, () => string]>([
    [
      'SHA-1',
      () =>
        signedBySomebody(`${query}&SigAlg=${encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1')}`, 'sha1'),
    ],
    [
      'HMAC with the public key for a secret',
      () => {
        const signed = `${query}&${sigAlg('hmac-sha256')}`;
        const secret = createPublicKey(rsa.key).export({ type: 'spki', format: 'pem' });
        return `${signed}&Signature=${encodeURIComponent(createHmac('sha256', secret).update(signed).digest('base64'))}`;
      },
    ],
  ])('is refused by its algorithm: %s', (_, signed) => expect(refusal(signed())).toBe('algorithm_refused'));

  it.each(['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'])('is unreadable with a second %s', (name) => {
    expect(refusal(`${good()}&${name}=x`)).toBe('message_unreadable');
    expect(refusal(`${name}=x&${good()}`)).toBe('message_unreadable');
  });
});
