import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../../src/base/ids.ts';
import { decrypt } from '../../../../src/protocols/saml/encryption/decrypt.ts';
import { encryptAssertion, encryptNameId } from '../../../../src/protocols/saml/encryption/encrypt.ts';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { type SigningKey, signEnveloped } from '../../../../src/protocols/saml/signature/sign.ts';
import { verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { canonicalize } from '../../../../src/protocols/saml/xml/canonical.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { element, raw, write } from '../../../../src/protocols/saml/xml/write.ts';
import { describeWith, xmlsec1 } from '../../../support/needs.ts';
import { refusalOf } from '../refused.ts';
import { newSigner, privatePemOf } from '../sample-keys.ts';
import { xmlsecDecrypts } from '../xmlsec.ts';

const xmlEncryption = createRequire(import.meta.url)('xml-encryption') as {
  decrypt(xml: string, options: { key: string }, done: (error: Error | null, text?: string) => void): void;
};
const decryptedByXmlEncryption = promisify(xmlEncryption.decrypt);

let recipient: SigningKey;
let idp: SigningKey;
let weak: SigningKey;
beforeAll(async () => {
  [recipient, idp, weak] = await Promise.all([newSigner('RS256'), newSigner('ES256'), newSigner('RS256', 1024)]);
});

const assertion = write(
  element('saml:Assertion', { ID: '_a' }, [
    element('saml:Issuer', {}, ['idp']),
    element('saml:Subject', {}, ['京都 <&>\r']),
  ]),
);
const ciphers = ['aes256-gcm', 'aes128-gcm'] as const;

describe('what is encrypted', () => {
  it.each(ciphers)('is opened by xml-encryption, which we did not write: %s', async (cipher) => {
    const sent = encryptAssertion(assertion, recipient.certificate, { cipher, ids: systemIds });
    expect(await decryptedByXmlEncryption(sent, { key: privatePemOf(recipient) })).toBe(assertion);
  });

  it('is in canonical form, so that a response around it can be signed', async () => {
    const sent = encryptAssertion(assertion, recipient.certificate, { cipher: 'aes256-gcm', ids: systemIds });
    const response = write(element('samlp:Response', { ID: '_r' }, [element('saml:Issuer', {}, ['idp']), raw(sent)]));
    expect(canonicalize(parseXml(response).root)).toBe(response);
    const verified = verifyEnveloped(parseXml(await signEnveloped(response, idp)), [idp.certificate]);
    expect(verified.children[1]).toMatchObject({ namespace: namespaces.assertion, name: 'EncryptedAssertion' });
  });

  it('holds its signature still when it is opened', async () => {
    const signed = await signEnveloped(assertion, idp);
    const sent = encryptAssertion(signed, recipient.certificate, { cipher: 'aes128-gcm', ids: systemIds });
    const opened = await decryptedByXmlEncryption(sent, { key: privatePemOf(recipient) });
    expect(verifyEnveloped(parseXml(opened ?? ''), [idp.certificate]).name).toBe('Assertion');
  });

  it('is never the same twice, and holds nothing readable', () => {
    const [one, two] = [1, 2].map(() =>
      encryptAssertion(assertion, recipient.certificate, { cipher: 'aes256-gcm', ids: systemIds }),
    );
    const values = (xml = '') => [...xml.matchAll(/<xenc:CipherValue>([^<]+)/g)].map(([, value]) => value);
    expect(values(one)).toHaveLength(2);
    expect(new Set([...values(one), ...values(two)]).size).toBe(4);
    // The first twelve octets: a key that meets one of them twice gives itself away.
    expect(values(one)[1]?.slice(0, 16)).not.toBe(values(two)[1]?.slice(0, 16));
    expect(one).not.toContain('Subject');
  });

  it('may be a NameID', () => {
    const nameId = write(element('saml:NameID', {}, ['somebody']));
    const sent = encryptNameId(nameId, recipient.certificate, { cipher: 'aes256-gcm', ids: systemIds });
    const { root } = parseXml(sent);
    expect(root).toMatchObject({ namespace: namespaces.assertion, name: 'EncryptedID' });
    expect(decrypt(root, [recipient.key])).toMatchObject({ name: 'NameID', text: 'somebody' });
  });

  it.each<[string, () => SigningKey]>([
    ['an elliptic curve', () => idp],
    ['fewer than 2048 bits', () => weak],
  ])('is for no key of %s', (_, key) => {
    const encrypting = { cipher: 'aes256-gcm', ids: systemIds } as const;
    expect(refusalOf(() => encryptAssertion(assertion, key().certificate, encrypting))).toBe('algorithm_refused');
  });
});

describeWith(xmlsec1, 'xmlsec1', () => {
  it.each(ciphers)('opens what we encrypt: %s', (cipher) => {
    const sent = encryptAssertion(assertion, recipient.certificate, { cipher, ids: systemIds });
    const [opened] = parseXml(xmlsecDecrypts(sent, recipient)).root.children;
    expect(opened && canonicalize(opened)).toBe(assertion);
  });
});
