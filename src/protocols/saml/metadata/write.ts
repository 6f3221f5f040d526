/** Our EntityDescriptor, in the order of the schema (Metadata 2.3.2, 2.4.3), canonical and signed. */
import { locales } from '../../../base/locale.ts';
import { ciphers, oaepWithSha1 } from '../encryption/algorithms.ts';
import { bindings, nameFormats, nameIdFormats, namespaces } from '../names.ts';
import { acceptedDigests, acceptedMethods } from '../signature/algorithms.ts';
import { type SigningKey, signEnveloped } from '../signature/sign.ts';
import { type CanonicalXml, element, type QualifiedName, write, type XmlPiece } from '../xml/write.ts';
import type { Description } from './describe.ts';

/** `id`: unlike any other's, since the signature names it. */
export const signMetadata = (description: Description, id: string, signer: SigningKey): Promise<CanonicalXml> =>
  signEnveloped(writeMetadata(description, id), signer);

export function writeMetadata(description: Description, id: string): CanonicalXml {
  const { entityId, validUntil, cacheDuration } = description;
  const attributes = {
    ID: id,
    entityID: entityId,
    validUntil: new Date(validUntil).toISOString(),
    cacheDuration: `PT${Math.round(cacheDuration / 1000)}S`,
  };
  return write(
    element('md:EntityDescriptor', attributes, [
      entityExtensions(description),
      role(description),
      organization(description),
      ...contacts(description),
    ]),
  );
}

const all = (name: QualifiedName, children: readonly XmlPiece[], attributes = {}): XmlPiece | undefined =>
  children.length === 0 ? undefined : element(name, attributes, children);

function entityExtensions({ entityAttributes }: Description): XmlPiece {
  const held = all('mdattr:EntityAttributes', entityAttributes.map(attribute));
  return element('md:Extensions', {}, [held, ...algorithms]);
}

/** Metadata Profile for Algorithm Support 1.0. Where nothing is said of them, Shibboleth signs with SHA-1, which is refused. */
const algorithms: readonly XmlPiece[] = [
  ...acceptedDigests.map((one) => element('alg:DigestMethod', { Algorithm: one })),
  ...acceptedMethods.map((one) => element('alg:SigningMethod', { Algorithm: one })),
];

const attribute = ({ name, values }: Description['entityAttributes'][number]): XmlPiece =>
  element(
    'saml:Attribute',
    { Name: name, NameFormat: nameFormats.uri },
    values.map((value) => element('saml:AttributeValue', {}, [value])),
  );

/** Those that a service can be given by some connection; unspecified promises nothing. */
const announcedFormats = [nameIdFormats.transient, nameIdFormats.persistent, nameIdFormats.email];

function role(description: Description): XmlPiece {
  const { certificates, encryptionCertificate, endpoints, errorUrl } = description;
  const endpointsOf = (kind: string) => endpoints.filter((one) => one.kind === kind);
  const attributes = {
    WantAuthnRequestsSigned: 'false',
    errorURL: errorUrl,
    protocolSupportEnumeration: namespaces.protocol,
  };
  return element('md:IDPSSODescriptor', attributes, [
    element('md:Extensions', {}, [...scopes(description), shownToPeople(description)]),
    ...certificates.map(signingKey),
    ...(encryptionCertificate === undefined ? [] : [encryptionKey(encryptionCertificate)]),
    ...endpointsOf('artifact').map(({ binding, url }, index) =>
      element('md:ArtifactResolutionService', { Binding: bindings[binding], Location: url, index: String(index) }),
    ),
    ...endpointsOf('logout').map(({ binding, url }) =>
      element('md:SingleLogoutService', { Binding: bindings[binding], Location: url }),
    ),
    ...announcedFormats.map((format) => element('md:NameIDFormat', {}, [format])),
    ...endpointsOf('signOn').map(({ binding, url }) =>
      element('md:SingleSignOnService', { Binding: bindings[binding], Location: url }),
    ),
  ]);
}

/** Services take a value with this scope from nobody else (SAML2int SDP-IDP16). */
const scopes = ({ scopes: names }: Description): readonly XmlPiece[] =>
  names.map((scope) => element('shibmd:Scope', { regexp: 'false' }, [scope]));

const inLanguages = (
  name: QualifiedName,
  words: Readonly<Record<(typeof locales)[number], string>>,
): readonly XmlPiece[] => locales.map((locale) => element(name, { 'xml:lang': locale }, [words[locale]]));

function shownToPeople({ names, organizationUrls, privacyUrl, logo }: Description): XmlPiece {
  return element('mdui:UIInfo', {}, [
    ...inLanguages('mdui:DisplayName', names),
    ...(logo ? [element('mdui:Logo', { height: String(logo.height), width: String(logo.width) }, [logo.uri])] : []),
    ...inLanguages('mdui:InformationURL', organizationUrls),
    ...(privacyUrl === undefined ? [] : inLanguages('mdui:PrivacyStatementURL', { ja: privacyUrl, en: privacyUrl })),
  ]);
}

const keyInfo = (certificate: string): XmlPiece =>
  element('ds:KeyInfo', {}, [element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [certificate])])]);

const signingKey = (certificate: string): XmlPiece =>
  element('md:KeyDescriptor', { use: 'signing' }, [keyInfo(certificate)]);

/** All that encryption/decrypt.ts opens, by the names that services know. */
const encryptionMethods = [ciphers['aes256-gcm'].uri, ciphers['aes128-gcm'].uri, oaepWithSha1];

const encryptionKey = (certificate: string): XmlPiece =>
  element('md:KeyDescriptor', { use: 'encryption' }, [
    keyInfo(certificate),
    ...encryptionMethods.map((method) => element('md:EncryptionMethod', { Algorithm: method })),
  ]);

const organization = ({ names, organizationUrls }: Description): XmlPiece =>
  element('md:Organization', {}, [
    ...inLanguages('md:OrganizationName', names),
    ...inLanguages('md:OrganizationDisplayName', names),
    ...inLanguages('md:OrganizationURL', organizationUrls),
  ]);

/** The schema has no security contact: REFEDS says how one is written (Security Contact Metadata Extension). */
const security = { contactType: 'other', 'remd:contactType': 'http://refeds.org/metadata/contactType/security' };

const contacts = ({ contacts: known }: Description): readonly XmlPiece[] =>
  known.map(({ kind, name, mail }) =>
    element('md:ContactPerson', kind === 'security' ? security : { contactType: kind }, [
      element('md:GivenName', {}, [name]),
      element('md:EmailAddress', {}, [`mailto:${mail}`]),
    ]),
  );
