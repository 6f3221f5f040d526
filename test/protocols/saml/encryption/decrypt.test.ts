import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../../src/base/ids.ts';
import { decrypt } from '../../../../src/protocols/saml/encryption/decrypt.ts';
import { encryptNameId } from '../../../../src/protocols/saml/encryption/encrypt.ts';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { element, write } from '../../../../src/protocols/saml/xml/write.ts';
import { refusalOf } from '../refused.ts';
import { newSigner, pemOf } from '../sample-keys.ts';

interface Encrypting {
  readonly rsa_pub: string;
  readonly pem: string;
  readonly encryptionAlgorithm: string;
  readonly keyEncryptionAlgorithm: string;
  readonly keyEncryptionDigest?: string;
  readonly keyEncryptionMgf?: string;
  readonly disallowEncryptionWithInsecureAlgorithm?: boolean;
  readonly warnInsecureAlgorithm?: boolean;
}
const { encrypt } = createRequire(import.meta.url)('xml-encryption') as {
  encrypt(xml: string, options: Encrypting, done: (error: Error | null, xml?: string) => void): void;
};
const encryptedByAnother = promisify(encrypt);

const nameId = write(element('saml:NameID', { Format: 'f' }, ['京都']));
const gcm = 'http://www.w3.org/2009/xmlenc11#aes256-gcm';
const oaep = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
const oaep11 = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';

let ours: SigningKey;
let foreign: SigningKey;
beforeAll(async () => {
  [ours, foreign] = await Promise.all([newSigner('RS256'), newSigner('RS256')]);
});

async function sent(options: Partial<Encrypting> = {}): Promise<string> {
  const xml = await encryptedByAnother(nameId, {
    rsa_pub: pemOf(ours.certificate),
    pem: pemOf(ours.certificate),
    encryptionAlgorithm: gcm,
    keyEncryptionAlgorithm: oaep,
    disallowEncryptionWithInsecureAlgorithm: false,
    warnInsecureAlgorithm: false,
    ...options,
  });
  return `<saml:EncryptedID xmlns:saml="${namespaces.assertion}">${xml}</saml:EncryptedID>`;
}
const opened = (xml: string, ...keys: readonly SigningKey[]) =>
  decrypt(
    parseXml(xml).root,
    (keys.length === 0 ? [ours] : keys).map(({ key }) => key),
  );
const refusal = (xml: string, ...keys: readonly SigningKey[]) => refusalOf(() => opened(xml, ...keys));

describe('decrypt', () => {
  it.each<[string, Partial<Encrypting>]>([
    ['AES-256-GCM', {}],
    ['AES-128-GCM', { encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes128-gcm' }],
    [
      'RSA-OAEP of XML Encryption 1.1, by its defaults',
      { keyEncryptionAlgorithm: oaep11, keyEncryptionDigest: 'sha1' },
    ],
    [
      'RSA-OAEP with SHA-256 throughout',
      { keyEncryptionAlgorithm: oaep11, keyEncryptionDigest: 'sha256', keyEncryptionMgf: 'sha256' },
    ],
  ])('opens what another encrypted: %s', async (_, options) => {
    expect(opened(await sent(options))).toMatchObject({ name: 'NameID', text: '京都', attributes: { Format: 'f' } });
  });

  it('finds the key beside what it opens, and among those of others', async () => {
    const xml = await sent();
    const key = /<e:EncryptedKey[\s\S]*<\/e:EncryptedKey>/.exec(xml)?.[0] ?? '';
    const beside = xml.replace(key, '').replace('</saml:EncryptedID>', `${key}</saml:EncryptedID>`);
    expect(opened(beside).text).toBe('京都');
    const others = encryptNameId(nameId, foreign.certificate, { cipher: 'aes256-gcm', ids: systemIds });
    const otherKey = /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/.exec(others)?.[0] ?? '';
    const declared = otherKey.replace(
      '<xenc:EncryptedKey',
      `<xenc:EncryptedKey xmlns:xenc="${namespaces.encryption}" xmlns:ds="${namespaces.signature}"`,
    );
    expect(opened(xml.replace(key, `${declared}${key}`)).text).toBe('京都');
  });

  it('tries each of our keys', async () => expect(opened(await sent(), foreign, ours).text).toBe('京都'));

  it.each<[string, Partial<Encrypting>]>([
    ['AES in CBC', { encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' }],
    ['triple DES', { encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc' }],
    ['RSA with PKCS#1 v1.5', { keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5' }],
    [
      'a mask of another digest',
      { keyEncryptionAlgorithm: oaep11, keyEncryptionDigest: 'sha256', keyEncryptionMgf: 'sha1' },
    ],
  ])('refuses %s', async (_, options) => expect(refusal(await sent(options))).toBe('algorithm_refused'));

  it('refuses OAEP with a label, which nobody uses', async () => {
    const labelled = (await sent()).replace(/(<e:EncryptionMethod[^>]*>)/, '$1<e:OAEPparams>AAAA</e:OAEPparams>');
    expect(refusal(labelled)).toBe('algorithm_refused');
  });

  it('tries no more than five keys of a message', async () => {
    const [key = ''] =
      /<e:EncryptedKey[\s\S]*<\/e:EncryptedKey>/.exec(
        await sent({ pem: pemOf(foreign.certificate), rsa_pub: pemOf(foreign.certificate) }),
      ) ?? [];
    const xml = await sent();
    const behind = (count: number) => xml.replace('<e:EncryptedKey', `${key.repeat(count)}<e:EncryptedKey`);
    expect(opened(behind(4)).text).toBe('京都');
    expect(refusal(behind(5))).toBe('decryption_failed');
  });

  it.each<[string, (xml: string) => string]>([
    ['for another', (xml) => xml],
    [
      'with an octet changed',
      (xml) => xml.replace(/(<xenc:CipherValue>.{20})(.)/, (_, head, one) => `${head}${one === 'A' ? 'B' : 'A'}`),
    ],
    [
      'with its key changed',
      (xml) => xml.replace(/(<e:CipherValue>.{20})(.)/, (_, head, one) => `${head}${one === 'A' ? 'B' : 'A'}`),
    ],
    ['without its tag', (xml) => xml.replace(/<xenc:CipherValue>[^<]+/, '<xenc:CipherValue>AAAAAAAAAAAAAAAA')],
    ['without its key', (xml) => xml.replace(/<e:EncryptedKey[\s\S]*<\/e:EncryptedKey>/, '')],
    ['that is said to be of another length', (xml) => xml.replace('aes256-gcm', 'aes128-gcm')],
  ])('tells no more than that it failed: %s', async (which, change) => {
    expect(refusal(change(await sent()), which === 'for another' ? foreign : ours)).toBe('decryption_failed');
  });

  it.each<[string, (xml: string) => string]>([
    ['nothing', () => `<saml:EncryptedID xmlns:saml="${namespaces.assertion}"/>`],
    ['a text that is not base64', (xml) => xml.replace(/<xenc:CipherValue>/, '<xenc:CipherValue>%')],
    ['no text', (xml) => xml.replace(/<xenc:CipherData>[\s\S]*<\/xenc:CipherData>/, '')],
  ])('cannot open %s', async (_, change) => expect(refusal(change(await sent()))).toBe('message_invalid'));
});
