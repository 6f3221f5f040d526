/** Messages of a service in canonical form, signed by hand, so that a test can put the signature where it likes. */
import { nameIdFormats, namespaces } from '../../src/protocols/saml/names.ts';
import type { MessageName } from '../protocols/saml/signature/sample-message.ts';
import { type Forging, forgedSignature } from '../protocols/saml/signature/sample-message.ts';

export interface Wished {
  readonly name: MessageName;
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  /** More attributes; all are written in their canonical order. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** After the Issuer. */
  readonly body: string;
}

/** In three parts: a signature, and whatever else, stands between the second and the third. */
export function partsOf(wished: Wished): readonly [tag: string, issuer: string, rest: string] {
  const { name, id, issuer, destination, attributes = {}, body } = wished;
  const all = {
    ...attributes,
    Destination: destination,
    ID: id,
    IssueInstant: new Date().toISOString(),
    Version: '2.0',
  };
  const written = Object.entries(all).sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    `<samlp:${name} xmlns:samlp="${namespaces.protocol}"${written.map(([key, value]) => ` ${key}="${value}"`).join('')}>`,
    `<saml:Issuer xmlns:saml="${namespaces.assertion}">${issuer}</saml:Issuer>`,
    `${body}</samlp:${name}>`,
  ];
}

export interface SignedByHand {
  readonly original: string;
  readonly signature: string;
  readonly signed: string;
}

export function signedByHand(wished: Wished, forging: Forging): SignedByHand {
  const [tag, issuer, rest] = partsOf(wished);
  const original = `${tag}${issuer}${rest}`;
  const signature = forgedSignature(original, { uri: `#${wished.id}`, ...forging });
  return { original, signature, signed: `${tag}${issuer}${signature}${rest}` };
}

/** What of a LogoutRequest says who is to go. */
export const personXml = (value: string, sessionIndex: string): string =>
  `<saml:NameID xmlns:saml="${namespaces.assertion}" Format="${nameIdFormats.transient}">${value}</saml:NameID>` +
  `<samlp:SessionIndex>${sessionIndex}</samlp:SessionIndex>`;
