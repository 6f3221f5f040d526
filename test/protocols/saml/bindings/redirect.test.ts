import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRedirect, encodeRedirect } from '../../../../src/protocols/saml/bindings/redirect.ts';
import { verifyRedirect } from '../../../../src/protocols/saml/signature/redirect.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { messageLimits } from '../../../../src/protocols/saml/xml/limits.ts';
import { element, write } from '../../../../src/protocols/saml/xml/write.ts';
import { refusalOf } from '../refused.ts';
import { newSigner } from '../sample-keys.ts';

let signer: SigningKey;
beforeAll(async () => {
  signer = await newSigner('ES256');
});

const xml = write(element('samlp:LogoutRequest', { ID: '_1' }, [element('saml:Issuer', {}, ['京都 <&>'])]));
const deflated = (text: string | Buffer) => encodeURIComponent(deflateRawSync(text).toString('base64'));
const refusal = (rawQuery: string) => refusalOf(() => decodeRedirect(rawQuery));

describe('the redirect binding', () => {
  it('reads what it wrote, beside the parameters that the address had', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 80 }), async (relayState) => {
        const url = await encodeRedirect(
          { url: 'https://sp.example.ac.jp/slo?a=1', kind: 'SAMLResponse', relayState },
          xml,
        );
        expect(url.href).toMatch(/^https:\/\/sp\.example\.ac\.jp\/slo\?a=1&SAMLResponse=/);
        expect(decodeRedirect(url.search.slice(1))).toEqual({ kind: 'SAMLResponse', xml, relayState, isSigned: false });
      }),
      { numRuns: 200 },
    );
  });

  it('writes a signed query that verifies as it stands in the address', async () => {
    const url = await encodeRedirect({ url: 'https://sp.example.ac.jp/slo', kind: 'SAMLRequest' }, xml, signer);
    expect(decodeRedirect(url.search.slice(1))).toEqual({ kind: 'SAMLRequest', xml, isSigned: true });
    verifyRedirect(url.search.slice(1), [signer.certificate]);
  });

  it.each([
    ['a plus that was not escaped', (message: string) => message.replaceAll('%2B', '+')],
    ['lines of 76 characters', (message: string) => message.replace(/.{76}/g, '$&%0D%0A')],
    [
      'its encoding named',
      (message: string) => `${message}&SAMLEncoding=urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE`,
    ],
  ])('reads a message with %s', (_, write) => {
    const text = `<a>${'京都>?~'.repeat(40)}${Math.PI}</a>`;
    expect(decodeRedirect(`SAMLRequest=${write(deflated(text))}`).xml).toBe(text);
  });

  it('takes a plus in RelayState for the space that it is', () => {
    expect(decodeRedirect(`SAMLRequest=${deflated('<a/>')}&RelayState=a+b%2Bc`).relayState).toBe('a b+c');
  });

  it.each([
    ['a signature', 'Signature=x'],
    ['half a signature', 'SigAlg=x'],
  ])('is signed where it claims to be: %s', (_, parameter) => {
    expect(decodeRedirect(`SAMLRequest=${deflated('<a/>')}&${parameter}`).isSigned).toBe(true);
  });

  it.each([
    ['no message', 'RelayState=a'],
    ['a request and a response', `SAMLRequest=${deflated('<a/>')}&SAMLResponse=${deflated('<a/>')}`],
    ['a message twice', `SAMLRequest=${deflated('<a/>')}&SAMLRequest=${deflated('<b/>')}`],
    ['a RelayState twice', `SAMLRequest=${deflated('<a/>')}&RelayState=a&RelayState=b`],
    ['an empty message', 'SAMLRequest='],
    ['what is not base64', 'SAMLRequest=%25%25%25%25'],
    ['what is not deflated', `SAMLRequest=${Buffer.from('<a/>').toString('base64url')}`],
    [
      'half of what was deflated',
      `SAMLRequest=${encodeURIComponent(deflateRawSync('<a>12345678</a>').subarray(0, 9).toString('base64'))}`,
    ],
    ['an escape that is none', 'SAMLRequest=%E4%BA'],
    ['another encoding', `SAMLRequest=${deflated('<a/>')}&SAMLEncoding=none`],
    ['a parameter whose name is escaped', `SAML%52equest=${deflated('<a/>')}`],
  ])('cannot read %s', (_, rawQuery) => expect(refusal(rawQuery)).toBe('message_unreadable'));

  it('stops inflating at the limit', () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(messageLimits.characters);
    expect(refusal(`SAMLRequest=${encodeURIComponent(bomb.toString('base64'))}`)).toBe('message_too_large');
    expect(refusal(`SAMLRequest=${deflated('x'.repeat(messageLimits.characters))}`)).toBeUndefined();
    expect(refusal(`SAMLRequest=${deflated('x'.repeat(messageLimits.characters + 1))}`)).toBe('message_too_large');
  });

  it('refuses a RelayState that is too long, and a message that is no UTF-8', () => {
    expect(refusal(`SAMLRequest=${deflated('<a/>')}&RelayState=${'x'.repeat(4_097)}`)).toBe('message_too_large');
    expect(refusal(`SAMLRequest=${deflated(Buffer.from([0x3c, 0xff]))}`)).toBe('xml_forbidden');
  });
});
