import { beforeAll, describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { SignedXml } from 'xml-crypto';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { type SigningKey, signEnveloped } from '../../../../src/protocols/saml/signature/sign.ts';
import { verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { canonicalize } from '../../../../src/protocols/saml/xml/canonical.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { type CanonicalXml, element, raw, write } from '../../../../src/protocols/saml/xml/write.ts';
import { describeWith, xmlsec1 } from '../../../support/needs.ts';
import { newSigner, pemOf } from '../sample-keys.ts';
import { anyText, wellFormed } from '../xml/any-xml.ts';
import { xmlsecVerifies } from '../xmlsec.ts';

let rsa: SigningKey;
let ec: SigningKey;
beforeAll(async () => {
  [rsa, ec] = await Promise.all([newSigner('RS256'), newSigner('ES256')]);
});

const assertion = (id: string, values: readonly string[] = []): CanonicalXml =>
  write(
    element('saml:Assertion', { ID: id, Version: '2.0' }, [
      element('saml:Issuer', { NameQualifier: values[0] }, ['https://idp.example.ac.jp/?a=1&b=<']),
      ...values.map((value) =>
        element('saml:Attribute', { Name: value }, [element('saml:AttributeValue', { 'xml:lang': 'ja' }, [value])]),
      ),
    ]),
  );
const response = (id: string, inner: CanonicalXml): CanonicalXml =>
  write(element('samlp:Response', { ID: id }, [element('saml:Issuer', {}, ['https://idp.example.ac.jp']), raw(inner)]));

/** What xml-crypto, by its own parser and canonicaliser, says of the signature of the element with this ID. */
function isGoodToXmlCrypto(xml: string, signer: SigningKey, id: string): boolean {
  const signatures = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagName('ds:Signature');
  const found = Array.from(signatures).find(({ parentNode }) => (parentNode as Element).getAttribute('ID') === id);
  const check = new SignedXml({ publicCert: pemOf(signer.certificate) });
  check.loadSignature(found as Node);
  return check.checkSignature(xml);
}
/** Its parser takes two letters for line ends, as XML 1.1 did. */
const anyTextButThose = anyText.map((text) => text.replace(/[\u0085\u2028]/g, '~'));

describe('signEnveloped', () => {
  it('signs what an independent canonicaliser makes of any values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyTextButThose, { maxLength: 4 }), async (values) => {
        const signed = await signEnveloped(assertion('_a', values), rsa);
        expect(isGoodToXmlCrypto(signed, rsa, '_a')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('signs a response around a signed assertion, so that both hold', async () => {
    const inner = await signEnveloped(assertion('_a', ['京都']), rsa);
    const outer = await signEnveloped(response('_r', inner), rsa);
    expect(isGoodToXmlCrypto(outer, rsa, '_r')).toBe(true);
    expect(isGoodToXmlCrypto(outer, rsa, '_a')).toBe(true);
    expect(canonicalize(parseXml(outer).root)).toBe(outer);
  });

  it('still holds where the message is carried in another that declares the same', async () => {
    const signed = await signEnveloped(response('_r', assertion('_a')), rsa);
    const carried = write(element('samlp:ArtifactResponse', { ID: '_c' }, [raw(signed)]));
    expect(carried.match(/xmlns:samlp=/g)).toHaveLength(1);
    const both = await signEnveloped(carried, rsa);
    expect(canonicalize(parseXml(both).root)).toBe(both);
    expect(isGoodToXmlCrypto(both, rsa, '_r')).toBe(true);
    expect(isGoodToXmlCrypto(both, rsa, '_c')).toBe(true);
  });

  it.each([
    ['after the Issuer', assertion('_a'), 1],
    [
      'first, where there is none',
      write(element('md:EntityDescriptor', { ID: '_m' }, [element('md:Organization')])),
      0,
    ],
    [
      'first, where the Issuer is somebody else’s',
      response('_r', assertion('_a')).replace(/<saml:Issuer.*?<\/saml:Issuer>/, '') as CanonicalXml,
      0,
    ],
  ])('puts the signature where the schema has it: %s', async (_, xml, place) => {
    const { root } = parseXml(await signEnveloped(xml, rsa));
    expect(root.children[place]).toMatchObject({ namespace: namespaces.signature, name: 'Signature' });
  });

  it('refuses to sign what has no ID of its own, whatever its values look like', async () => {
    const xml = write(element('saml:Assertion', { Name: ' ID="_a"' }, [element('saml:Issuer', { ID: '_b' })]));
    await expect(signEnveloped(xml, rsa)).rejects.toThrow(RangeError);
  });
});

describeWith(xmlsec1, 'xmlsec1', () => {
  const hostile = ['a\r\n\t"\'<>&]]>', '京都😀\u0085\u2028', ' xmlns:saml="x"', '<!-- -->'];

  it.each([
    ['RSA', () => rsa],
    ['ECDSA', () => ec],
  ])('accepts what we sign with %s', async (_, signer) => {
    const signed = await signEnveloped(assertion('_a', hostile), signer());
    xmlsecVerifies(signed, signer().certificate, `${namespaces.assertion}:Assertion`);
    const other = signed.replace('京都', '東京');
    expect(() => xmlsecVerifies(other, signer().certificate, `${namespaces.assertion}:Assertion`)).toThrow();
  });

  it('accepts a signed response around a signed assertion, and signed metadata', async () => {
    const outer = await signEnveloped(response('_r', await signEnveloped(assertion('_a', hostile), rsa)), rsa);
    xmlsecVerifies(outer, rsa.certificate, `${namespaces.protocol}:Response`);
    const metadata = await signEnveloped(write(element('md:EntityDescriptor', { ID: '_m', entityID: 'a&b' })), rsa);
    xmlsecVerifies(metadata, rsa.certificate, `${namespaces.metadata}:EntityDescriptor`);
  });

  it('finds the same canonical form as we do in documents written in all the ways of XML', async () => {
    // It wants URIs for the names of namespaces, and writes an ampersand in them as it was sent and not as it is.
    const withUris = (one: string) => one.replaceAll('urn:é', 'urn:e').replaceAll('?b&#38;c=&#34;d&#34;', '');
    const documents = fc
      .sample(wellFormed, { numRuns: 300, seed: 7 })
      .map((one) => withUris(one).replace(/^<\?xml.*\n/, ''));
    const open = `<saml:Assertion xmlns:saml="${namespaces.assertion}" ID="_whole">`;
    const asSent = `${open}${documents.join('')}</saml:Assertion>`;
    const signed = await signEnveloped(canonicalize(parseXml(asSent).root) as CanonicalXml, rsa);
    const signature = signed.slice(open.length, signed.indexOf('</ds:Signature>') + '</ds:Signature>'.length);
    const whole = `${open}${signature}${documents.join('')}</saml:Assertion>`;
    xmlsecVerifies(whole, rsa.certificate, `${namespaces.assertion}:Assertion`);
    expect(canonicalize(parseXml(whole).root)).toContain(signature);
    expect(verifyEnveloped(parseXml(whole), [rsa.certificate]).name).toBe('Assertion');
  });
});
