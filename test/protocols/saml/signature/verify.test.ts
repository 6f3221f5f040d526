import { beforeAll, describe, expect, it } from '@jest/globals';
import { SignedXml } from 'xml-crypto';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { type SigningKey, signEnveloped } from '../../../../src/protocols/saml/signature/sign.ts';
import { isSigned, verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { element, write } from '../../../../src/protocols/saml/xml/write.ts';
import { refusalOf } from '../refused.ts';
import { newSigner, pemOf, privatePemOf } from '../sample-keys.ts';
import {
  algorithmElement,
  algorithms,
  type Forging,
  forgedSignature,
  partsOf,
  signedMessage,
  transforms,
  usualTransforms,
} from './sample-message.ts';

let rsa: SigningKey;
let ec: SigningKey;
let foreign: SigningKey;
let weak: SigningKey;
beforeAll(async () => {
  [rsa, ec, foreign, weak] = await Promise.all([
    newSigner('RS256'),
    newSigner('ES256'),
    newSigner('RS256'),
    newSigner('RS256', 1024),
  ]);
});

const verified = (xml: string, ...certificates: readonly string[]) =>
  verifyEnveloped(parseXml(xml), certificates.length === 0 ? [rsa.certificate] : certificates);
const refusal = (xml: string, ...certificates: readonly string[]) => refusalOf(() => verified(xml, ...certificates));
const message = (forging: Partial<Forging> = {}) => signedMessage({ key: rsa, ...forging });

describe('a good signature', () => {
  it.each([256, 384, 512])('is accepted with RSA and SHA-%i, and with ECDSA', (bits) => {
    const forging = { hashName: `sha${bits}`, digestName: `sha${bits}`, digestMethod: algorithms.digest(bits) };
    const withRsa = message({ ...forging, method: algorithms.method(`rsa-sha${bits}`) });
    const withEc = message({ ...forging, key: ec, method: algorithms.method(`ecdsa-sha${bits}`) });
    expect(verified(withRsa).attributes.ID).toBe('_1');
    expect(verified(withEc, ec.certificate).attributes.ID).toBe('_1');
  });

  it('leaves the message as it was signed: without the signature, and without what is not covered by it', () => {
    const sent = message().replace('https://sp.', '<!-- not signed -->https://sp.');
    const { children } = verified(sent);
    expect(children.map(({ name }) => name)).toEqual(['Issuer', 'NameIDPolicy']);
    expect(children[0]?.text).toBe('https://sp.example.ac.jp');
  });

  it.each([
    ['the second certificate of the connection', () => [foreign.certificate, ec.certificate, rsa.certificate]],
    ['one beside a certificate that cannot be read', () => ['AAAA', '', rsa.certificate]],
  ])('is accepted by %s', (_, certificates) =>
    expect(verified(message(), ...certificates()).name).toBe('AuthnRequest'),
  );

  it('reads no key from the message', () => {
    const rest = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${foreign.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
    expect(verified(message({ rest })).name).toBe('AuthnRequest');
    expect(refusal(message({ rest, key: foreign }))).toBe('signature_invalid');
  });

  it('is accepted in the ways in which others write it', () => {
    const indented = message().replaceAll('<ds:SignatureValue>', '\n  <!-- x --><ds:SignatureValue>\n');
    expect(verified(indented).name).toBe('AuthnRequest');
    expect(verified(message().replace('xmlns:samlp', 'xmlns:unused="urn:x" xmlns:samlp')).name).toBe('AuthnRequest');
  });

  const prefixes = (list: string) =>
    transforms(
      algorithmElement('Transform', algorithms.enveloped),
      algorithmElement(
        'Transform',
        algorithms.c14n,
        `<ec:InclusiveNamespaces xmlns:ec="${algorithms.c14n}" PrefixList="${list}"></ec:InclusiveNamespaces>`,
      ),
    );

  it('is accepted with prefixes that are to be declared, where they are in scope', () => {
    const [tag, who, rest] = partsOf();
    const open = tag.replace(' xmlns:samlp', ' xmlns:un="used" xmlns:samlp').replace(' ID=', ' xmlns:xs="urn:x" ID=');
    const digested = (unused: string) =>
      `${open.replace(' xmlns:un="used"', '').replace(' xmlns:samlp', `${unused} xmlns:samlp`)}${who}${rest}`;
    const sent = (list: string, unused: string, declared: string) => {
      const signature = forgedSignature(digested(unused), { key: rsa, transforms: prefixes(list) });
      return `${open.replace(' xmlns:samlp', `${declared} xmlns:samlp`)}${who}${signature}${rest}`;
    };
    expect(verified(sent('xs none', '', '')).name).toBe('AuthnRequest');
    expect(verified(sent('#default xs', ' xmlns="urn:d"', ' xmlns="urn:d"')).name).toBe('AuthnRequest');
    expect(refusal(sent('xs', ' xmlns="urn:d"', ' xmlns="urn:d"'))).toBe('signature_invalid');
  });

  it('is refused with more prefixes than anybody needs', () => {
    const many = Array.from({ length: 21 }, (_, index) => `p${index}`).join(' ');
    expect(refusal(message({ transforms: prefixes(many) }))).toBe('signature_invalid');
  });

  it('covers a name with all that a comment parts it into', () => {
    const content = `<saml:NameID xmlns:saml="${namespaces.assertion}">admin.evil</saml:NameID></samlp:X>`;
    const sent = signedMessage({ key: rsa }, { name: 'LogoutRequest', content: `<samlp:X>${content}` });
    const { children } = verified(sent.replace('admin.evil', 'admin<!-- -->.evil'));
    expect(children[1]?.children[0]?.text).toBe('admin.evil');
  });

  it.each([
    ['AuthnRequest', write(element('samlp:AuthnRequest', { ID: '_1' }, [element('saml:Issuer', {}, ['é']), 'x']))],
    ['EntityDescriptor', write(element('md:EntityDescriptor', { ID: '_1' }, [element('md:Organization')]))],
  ])('is accepted as we sign it: %s', async (name, xml) => {
    const signed = await signEnveloped(xml, ec);
    expect(verified(signed, ec.certificate)).toMatchObject({ name, attributes: { ID: '_1' } });
  });

  it('is accepted as xml-crypto signs it', () => {
    const [tag, who, rest] = partsOf();
    const signing = new SignedXml({
      privateKey: privatePemOf(rsa),
      publicCert: pemOf(rsa.certificate),
      signatureAlgorithm: algorithms.method('rsa-sha256'),
      canonicalizationAlgorithm: algorithms.c14n,
    });
    signing.addReference({
      xpath: "/*[local-name(.)='AuthnRequest']",
      transforms: [algorithms.enveloped, algorithms.c14n],
      digestAlgorithm: algorithms.digest(256),
    });
    signing.computeSignature(`${tag}\n ${who}\r\n&#13;<samlp:Extensions/>${rest}`, {
      prefix: 'ds',
      location: { reference: "//*[local-name(.)='Issuer']", action: 'after' },
    });
    expect(verified(signing.getSignedXml()).children.map(({ name }) => name)).toEqual([
      'Issuer',
      'Extensions',
      'NameIDPolicy',
    ]);
  });
});

describe('a signature is missing', () => {
  const [tag, who, rest] = partsOf();

  it('where there is none', () => {
    expect(refusal(`${tag}${who}${rest}`)).toBe('signature_missing');
    expect(isSigned(parseXml(`${tag}${who}${rest}`))).toBe(false);
  });

  it('where it is not a child of the root', () => {
    const moved = `${tag}${who}<samlp:Extensions>${forgedSignature(`${tag}${who}${rest}`, { key: rsa })}</samlp:Extensions>${rest}`;
    expect(refusal(moved)).toBe('signature_missing');
    expect(isSigned(parseXml(moved))).toBe(true);
  });
});

describe('a signature is invalid', () => {
  const change = (from: string | RegExp, to: string) => () => message().replace(from, to);
  const signatureIn = (xml: string) => /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? '';

  it.each<[string, () => string]>([
    ['that another key made', () => message({ key: foreign })],
    ['whose message was changed', change('AllowCreate="true"', 'AllowCreate="false"')],
    ['whose message was added to', change('</samlp:AuthnRequest>', '<samlp:X/></samlp:AuthnRequest>')],
    ['whose SignedInfo was changed', change('Reference URI', 'Reference Id="a" URI')],
    ['whose value was changed', change(/<ds:SignatureValue>.{8}/, '<ds:SignatureValue>AAAAAAAA')],
    ['whose value is empty', change(/<ds:SignatureValue>[^<]*/, '<ds:SignatureValue>')],
    ['whose value is not base64', change('<ds:SignatureValue>', '<ds:SignatureValue>%')],
    ['whose digest is another', () => message({ digestValue: Buffer.alloc(32).toString('base64') })],
    ['whose digest is empty', () => message({ digestValue: '' })],
    ['whose digest is a part of the true one', () => message({ digestValue: 'AAAA' })],
    ['that is there twice', () => message().replace(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1')],
    [
      'that covers a second one',
      () =>
        signedMessage({ key: rsa }, { content: `<ds:Signature xmlns:ds="${namespaces.signature}"></ds:Signature>` }),
    ],
    [
      'that stands before the Issuer',
      () => message().replace(/(<saml:Issuer.*Issuer>)(<ds:Signature .*<\/ds:Signature>)/, '$2$1'),
    ],
    [
      'that stands at the end',
      () => message().replace(/(<ds:Signature .*<\/ds:Signature>)(.*)(<\/samlp:AuthnRequest>)/, '$2$1$3'),
    ],
    [
      'that refers to another element',
      () => message({ uri: '#_2' }).replace('<samlp:NameIDPolicy', '<samlp:NameIDPolicy ID="_2"'),
    ],
    ['that refers to the whole document', () => message({ uri: '' })],
    ['that refers by an expression', () => message({ uri: "#xpointer(id('_1'))" })],
    ['that refers elsewhere', () => message({ uri: 'https://evil.example.org/#_1' })],
    ['of a root with an empty ID', () => signedMessage({ key: rsa, uri: '#' }, { id: '" Ignored="' })],
    ['of a root without an ID', () => signedMessage({ key: rsa, uri: '#undefined' }, { id: '' })],
    [
      'of a root whose ID another element has',
      () => signedMessage({ key: rsa }, { content: '<samlp:X ID="_1"></samlp:X>' }),
    ],
    [
      'of a root whose ID another has in another spelling',
      () => signedMessage({ key: rsa }, { content: '<samlp:X id="_1"></samlp:X>' }),
    ],
    [
      'of a root whose ID another has as xml:id',
      () => signedMessage({ key: rsa }, { content: '<samlp:X xml:id="_1"></samlp:X>' }),
    ],
    ['of two references', () => message({ moreReferences: '<ds:Reference URI="#_2"></ds:Reference>' })],
    [
      'of a reference that is there twice',
      () => message({ moreReferences: /<ds:Reference .*<\/ds:Reference>/.exec(message())?.[0] ?? '' }),
    ],
    ['with an object', () => message({ rest: '<ds:Object></ds:Object>' })],
    ['with two key infos', () => message({ rest: '<ds:KeyInfo></ds:KeyInfo><ds:KeyInfo></ds:KeyInfo>' })],
    ['without a value', change(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, '')],
    [
      'with a second SignedInfo',
      change(
        '<ds:SignatureValue>',
        `${/<ds:SignedInfo .*<\/ds:SignedInfo>/.exec('')?.[0] ?? '<ds:SignedInfo/>'}<ds:SignatureValue>`,
      ),
    ],
    [
      'that is shortened by a parameter',
      () => message({ methodContent: '<ds:HMACOutputLength>1</ds:HMACOutputLength>' }),
    ],
    [
      'with a third transform',
      () =>
        message({
          transforms: usualTransforms.replace(
            '</ds:Transforms>',
            `${algorithmElement('Transform', algorithms.c14n)}</ds:Transforms>`,
          ),
        }),
    ],
    [
      'without the canonical transform',
      () => message({ transforms: transforms(algorithmElement('Transform', algorithms.enveloped)) }),
    ],
    [
      'whose transform has parameters',
      () =>
        message({
          transforms: usualTransforms.replace(
            '#enveloped-signature"></',
            '#enveloped-signature"><ds:XPath>x</ds:XPath></',
          ),
        }),
    ],
    [
      'whose canonicalization has parameters of its own',
      () => message({ canonicalization: algorithmElement('CanonicalizationMethod', algorithms.c14n, '<ds:X></ds:X>') }),
    ],
    ['whose digest holds an element', () => message({ digestContent: '<ds:X></ds:X>' })],
    [
      'of another message',
      () => message().replace(signatureIn(message()), signatureIn(signedMessage({ key: rsa }, { content: '' }))),
    ],
  ])('%s', (_, xml) => expect(refusal(xml())).toBe('signature_invalid'));

  it('where the key has fewer than 2048 bits', () => {
    expect(refusal(message({ key: weak }), weak.certificate)).toBe('signature_invalid');
  });

  it('where the connection has no certificate', () => {
    expect(refusalOf(() => verifyEnveloped(parseXml(message()), []))).toBe('signature_invalid');
  });

  it('where an RSA signature is said to be of an elliptic curve', () => {
    expect(refusal(message({ method: algorithms.method('ecdsa-sha256') }))).toBe('signature_invalid');
  });

  it('where a comment parts the digest that is compared from the one that was signed', () => {
    const true_ = message();
    const forged = true_
      .replace('AllowCreate="true"', 'AllowCreate="no"')
      .replace('<ds:DigestValue>', '<ds:DigestValue>AAAA<!-- -->');
    expect(refusal(forged)).toBe('signature_invalid');
  });
});
