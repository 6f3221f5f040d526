/** AuthnRequests written by hand, as services of many makes write them; each fixture changes one thing. */
import { deflateRawSync } from 'node:zlib';

export interface RequestWishes {
  readonly id?: string;
  readonly at?: number;
  readonly issuer?: string;
  readonly destination?: string | null;
  /** More attributes of the root, or others; undefined takes one away. */
  readonly attributes?: Readonly<Record<string, string | undefined>>;
  /** Between Issuer and what follows it in the schema. */
  readonly extensions?: string;
  readonly after?: string;
}

const written = (attributes: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : ` ${name}="${value}"`))
    .join('');

export const sampleEntityId = 'https://kumoi.example/metadata';

export function sampleRequest(wishes: RequestWishes = {}): string {
  const { id = '_request1', at = Date.now(), issuer = sampleEntityId, destination, attributes = {} } = wishes;
  const root = {
    ID: id,
    Version: '2.0',
    IssueInstant: new Date(at).toISOString(),
    ...(destination === undefined || destination === null ? {} : { Destination: destination }),
    ...attributes,
  };
  return `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"${written(root)}><saml:Issuer>${issuer}</saml:Issuer>${wishes.extensions ?? ''}${wishes.after ?? ''}</samlp:AuthnRequest>`;
}

/** The query of the redirect binding, unsigned. */
export function sampleQuery(xml: string, relayState?: string): string {
  const message = encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'));
  return `SAMLRequest=${message}${relayState === undefined ? '' : `&RelayState=${encodeURIComponent(relayState)}`}`;
}

/** The body of the POST binding. */
export const sampleForm = (xml: string, relayState?: string): URLSearchParams =>
  new URLSearchParams({
    SAMLRequest: Buffer.from(xml).toString('base64'),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  });

export const requestedContext = (names: readonly string[], comparison = 'exact'): string =>
  `<samlp:RequestedAuthnContext Comparison="${comparison}">${names
    .map((name) => `<saml:AuthnContextClassRef>${name}</saml:AuthnContextClassRef>`)
    .join('')}</samlp:RequestedAuthnContext>`;

export const subjectNamed = (value: string, format?: string): string =>
  `<saml:Subject><saml:NameID${format === undefined ? '' : ` Format="${format}"`}>${value}</saml:NameID></saml:Subject>`;
