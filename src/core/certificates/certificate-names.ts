/** The names that a certificate bears, read from its own bytes (RFC 5280, 4.1.2.6 and 4.2.1.6). */
import type { X509Certificate } from 'node:crypto';
import { SocketAddress } from 'node:net';
import { type Element, elementsIn, objectIdentifier } from './der.ts';
import { type DistinguishedName, encodedName } from './distinguished-name.ts';

export interface SubjectNames {
  readonly subject: DistinguishedName;
  readonly dns: readonly string[];
  readonly uri: readonly string[];
  readonly email: readonly string[];
  /** In their one shortest spelling. */
  readonly ip: readonly string[];
}

const alternativeNames = '2.5.29.17';
/** Context tags: the optional version, and the extensions (RFC 5280, 4.1); then the kinds of GeneralName (4.2.1.6). */
const tags = { version: 0xa0, extensions: 0xa3, email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 } as const;

/** @throws RangeError for what is no certificate. */
export function namesIn(certificate: X509Certificate): SubjectNames {
  const [whole] = elementsIn(certificate.raw);
  const [signed] = whole ? elementsIn(whole.content) : [];
  const fields = signed ? elementsIn(signed.content) : [];
  // serial number, signature algorithm, issuer, validity, subject; before them the version, where it is said.
  const subject = fields[fields[0]?.tag === tags.version ? 5 : 4];
  if (subject === undefined) throw new RangeError('a certificate without a subject');
  const names = fields.filter(({ tag }) => tag === tags.extensions).flatMap(alternativeNamesIn);
  const textsOf = (kind: number) =>
    names.filter(({ tag }) => tag === kind).map(({ content }) => content.toString('latin1'));
  return {
    subject: encodedName(subject),
    dns: textsOf(tags.dns),
    uri: textsOf(tags.uri),
    email: textsOf(tags.email),
    ip: names.filter(({ tag }) => tag === tags.ip).flatMap(({ content }) => addressIn(content) ?? []),
  };
}

function alternativeNamesIn({ content }: Element): readonly Element[] {
  const extensions = elementsIn(content).flatMap((list) => elementsIn(list.content));
  return extensions.flatMap((extension) => {
    const parts = elementsIn(extension.content);
    const [id, value] = [parts[0], parts.at(-1)];
    if (id === undefined || value === undefined || objectIdentifier(id.content) !== alternativeNames) return [];
    return elementsIn(value.content).flatMap((names) => elementsIn(names.content));
  });
}

function addressIn(octets: Buffer): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_none, index) => octets.readUInt16BE(index * 2).toString(16));
  return shortestAddress(groups.join(':'), 'ipv6');
}

export const shortestAddress = (address: string, family: 'ipv4' | 'ipv6'): string =>
  new SocketAddress({ address, family }).address;
