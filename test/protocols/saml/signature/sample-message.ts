/**
 * Signed messages, good and bad, each part of which a test can change. Nothing of our own signs them: SignedInfo is written
 * out here, so that what it says can be anything and its signature good all the same.
 */
import { createSign, hash, type KeyObject } from 'node:crypto';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';
export const algorithms = {
  c14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  digest: (bits: number) => (bits === 384 ? `${more}sha384` : `http://www.w3.org/2001/04/xmlenc#sha${bits}`),
  method: (name: string) => `${more}${name}`,
} as const;

export const messageNames = ['AuthnRequest', 'LogoutRequest'] as const;
export type MessageName = (typeof messageNames)[number];

export interface Message {
  readonly name?: MessageName;
  /** Empty: none. */
  readonly id?: string;
  /** After the Issuer, and canonical as it stands. */
  readonly content?: string;
}

const contents = {
  AuthnRequest: '<samlp:NameIDPolicy AllowCreate="true"></samlp:NameIDPolicy>',
  LogoutRequest: `<saml:NameID xmlns:saml="${namespaces.assertion}">somebody</saml:NameID>`,
};
export const issuer = (name: string): string =>
  `<saml:Issuer xmlns:saml="${namespaces.assertion}">${name}</saml:Issuer>`;

/** In canonical form, in three parts: a signature stands between the second and the third. */
export function partsOf({ name = 'AuthnRequest', id = '_1', content = contents[name] }: Message = {}) {
  const tag = `<samlp:${name} xmlns:samlp="${namespaces.protocol}"${id === '' ? '' : ` ID="${id}"`} Version="2.0">`;
  return [tag, issuer('https://sp.example.ac.jp'), `${content}</samlp:${name}>`] as const;
}

export interface Forging {
  readonly key: KeyObject | SigningKey;
  readonly uri?: string;
  readonly digestMethod?: string;
  readonly digestName?: string;
  readonly digestValue?: string;
  /** Beside the digest. */
  readonly digestContent?: string;
  readonly method?: string;
  /** Of the signature, as Node names it. */
  readonly hashName?: string;
  readonly signatureOf?: (octets: string) => string;
  readonly canonicalization?: string;
  readonly transforms?: string;
  readonly moreReferences?: string;
  readonly methodContent?: string;
  /** After the signature's value. */
  readonly rest?: string;
}

export const algorithmElement = (name: string, uri: string, content = ''): string =>
  `<ds:${name} Algorithm="${uri}">${content}</ds:${name}>`;
export const transforms = (...inner: readonly string[]): string => `<ds:Transforms>${inner.join('')}</ds:Transforms>`;
export const usualTransforms = transforms(
  algorithmElement('Transform', algorithms.enveloped),
  algorithmElement('Transform', algorithms.c14n),
);

/** @param digested the canonical octets of what is referred to. */
export function forgedSignature(digested: string, forging: Forging): string {
  const { uri = '#_1', digestName = 'sha256', hashName = 'sha256' } = forging;
  const reference = (to: string): string =>
    `<ds:Reference URI="${to}">${forging.transforms ?? usualTransforms}${algorithmElement(
      'DigestMethod',
      forging.digestMethod ?? algorithms.digest(256),
    )}<ds:DigestValue>${forging.digestValue ?? hash(digestName, digested, 'base64')}${forging.digestContent ?? ''}</ds:DigestValue></ds:Reference>`;
  const signedInfo = `<ds:SignedInfo xmlns:ds="${namespaces.signature}">${
    forging.canonicalization ?? algorithmElement('CanonicalizationMethod', algorithms.c14n)
  }${algorithmElement('SignatureMethod', forging.method ?? algorithms.method('rsa-sha256'), forging.methodContent)}${reference(
    uri,
  )}${forging.moreReferences ?? ''}</ds:SignedInfo>`;
  const key = 'certificate' in forging.key ? forging.key.key : forging.key;
  const value =
    forging.signatureOf?.(signedInfo) ??
    createSign(hashName).update(signedInfo).sign({ key, dsaEncoding: 'ieee-p1363' }, 'base64');
  return `<ds:Signature xmlns:ds="${namespaces.signature}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>${
    forging.rest ?? ''
  }</ds:Signature>`;
}

/** A message with its signature where it belongs. */
export function signedMessage(forging: Forging, message: Message = {}): string {
  const [tag, who, rest] = partsOf(message);
  return `${tag}${who}${forgedSignature(`${tag}${who}${rest}`, forging)}${rest}`;
}
