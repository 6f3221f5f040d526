/**
 * An identity provider by xml-crypto and templates written by hand, as the counterpart that is not ours: a test says what
 * stands in each message, and with which key it is signed.
 */
import { createSign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { newOwnKey, type OwnKey } from '../../src/demo/services/saml/own-key.ts';

const c14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';
export const sha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** One for all tests of a file: RSA takes its time. */
export const providerKey = newOwnKey('provider.example');
export const foreignKey = newOwnKey('evil.example');

export interface PlainSamlProvider {
  readonly origin: string;
  readonly entityId: string;
  readonly metadataUrl: string;
  readonly key: OwnKey;
  /** Before this everything answers 503, as a provider that is still starting. */
  open(wishes?: MetadataWishes): void;
  close(): Promise<void>;
}

export async function startPlainSamlProvider(): Promise<PlainSamlProvider> {
  const key = await providerKey;
  let metadata: string | undefined;
  const server = createServer((_request, response) => void response.writeHead(metadata ? 200 : 503).end(metadata));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const entityId = `${origin}/metadata`;
  return {
    origin,
    entityId,
    metadataUrl: entityId,
    key,
    open(wishes) {
      metadata = metadataOf(origin, key, wishes);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface MetadataWishes {
  /** Of the root. */
  readonly attributes?: string;
  readonly takesLogout?: boolean;
}

export function metadataOf(origin: string, { certificate }: OwnKey, wishes: MetadataWishes = {}): string {
  const { attributes = '', takesLogout = true } = wishes;
  const redirect = 'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"';
  const logout = takesLogout ? `<SingleLogoutService ${redirect} Location="${origin}/slo"/>` : '';
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${origin}/metadata" ${attributes}><IDPSSODescriptor protocolSupportEnumeration="${protocol}"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>${logout}<SingleSignOnService ${redirect} Location="${origin}/sso"/></IDPSSODescriptor></EntityDescriptor>`;
}

export interface ResponseWishes {
  readonly provider: PlainSamlProvider;
  readonly service: string;
  readonly requestId: string;
  readonly nameId?: string;
  readonly sessionIndex?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly validForMs?: number;
  /** Name to values, as they stand in the XML. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly assertionKey?: OwnKey | null;
  readonly responseKey?: OwnKey | null;
}

/** In base64, as a form carries it. */
export function responseOf(wishes: ResponseWishes): string {
  const { provider, service, requestId, assertionKey = provider.key, responseKey = provider.key } = wishes;
  const { issuer = provider.entityId, audience = `${service}/saml/metadata`, validForMs = 300_000 } = wishes;
  const now = new Date().toISOString();
  const until = new Date(Date.now() + validForMs).toISOString();
  const attributes = Object.entries(wishes.attributes ?? {}).map(
    ([name, values]) =>
      `<saml:Attribute FriendlyName="a" Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  const told = `<saml:Assertion xmlns:saml="${assertion}" ID="_assertion" IssueInstant="${now}" Version="2.0"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${wishes.nameId ?? 'hanako'}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${requestId}" NotOnOrAfter="${until}" Recipient="${service}/saml/acs"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${now}" SessionIndex="${wishes.sessionIndex ?? '_index'}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:example:mfa</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`;
  const inside = assertionKey === null ? told : signed(told, 'Assertion', assertionKey);
  const response = `<samlp:Response xmlns:samlp="${protocol}" ID="_response" InResponseTo="${requestId}" IssueInstant="${now}" Version="2.0" Destination="${service}/saml/acs"><saml:Issuer xmlns:saml="${assertion}">${provider.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${success}"/></samlp:Status>${inside}</samlp:Response>`;
  return base64(responseKey === null ? response : signed(response, 'Response', responseKey));
}

/** A refusal: an outer code and an inner one. */
export const statusOf = ({ provider, requestId }: ResponseWishes, code: string): string =>
  base64(
    signed(
      `<samlp:Response xmlns:samlp="${protocol}" ID="_response" InResponseTo="${requestId}" IssueInstant="${new Date().toISOString()}" Version="2.0"><saml:Issuer xmlns:saml="${assertion}">${provider.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${code}"/></samlp:StatusCode></samlp:Status></samlp:Response>`,
      'Response',
      provider.key,
    ),
  );

export const logoutRequestOf = ({ entityId }: PlainSamlProvider, nameId = 'hanako', sessionIndex = '_index'): string =>
  `<samlp:LogoutRequest xmlns:samlp="${protocol}" xmlns:saml="${assertion}" ID="_logout" IssueInstant="${new Date().toISOString()}" Version="2.0"><saml:Issuer>${entityId}</saml:Issuer><saml:NameID>${nameId}</saml:NameID><samlp:SessionIndex>${sessionIndex}</samlp:SessionIndex></samlp:LogoutRequest>`;

export const logoutResponseOf = ({ entityId }: PlainSamlProvider, inResponseTo: string, inner = ''): string =>
  `<samlp:LogoutResponse xmlns:samlp="${protocol}" xmlns:saml="${assertion}" ID="_logout" InResponseTo="${inResponseTo}" IssueInstant="${new Date().toISOString()}" Version="2.0"><saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${success}">${inner}</samlp:StatusCode></samlp:Status></samlp:LogoutResponse>`;

export const partial = '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/>';

export function signed(xml: string, element: string, { privateKey, certificate }: OwnKey): string {
  const publicCert = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`;
  const sig = new SignedXml({ privateKey, publicCert, signatureAlgorithm: sha256, canonicalizationAlgorithm: c14n });
  sig.addReference({
    xpath: `/*[local-name(.)='${element}']`,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', c14n],
  });
  const reference = `/*[local-name(.)='${element}']/*[local-name(.)='Issuer']`;
  sig.computeSignature(xml, { location: { reference, action: 'after' } });
  return sig.getSignedXml();
}

/** As a query of the redirect binding; without a key unsigned. */
export function redirected(kind: 'SAMLRequest' | 'SAMLResponse', xml: string, state: string, key?: OwnKey): string {
  const message = deflateRawSync(xml).toString('base64');
  const query = `${kind}=${encodeURIComponent(message)}&RelayState=${encodeURIComponent(state)}`;
  if (!key) return query;
  const over = `${query}&SigAlg=${encodeURIComponent(sha256)}`;
  const signature = createSign('RSA-SHA256').update(over).sign(key.privateKey, 'base64');
  return `${over}&Signature=${encodeURIComponent(signature)}`;
}

export const base64 = (xml: string): string => Buffer.from(xml).toString('base64');

/** The message in a redirect, as its receiver reads it. */
export function messageIn(url: URL): string {
  const message = url.searchParams.get('SAMLRequest') ?? url.searchParams.get('SAMLResponse') ?? '';
  return inflateRawSync(Buffer.from(message, 'base64')).toString();
}
