/** What the provider is told of a service: its addresses, its key, what it is called and what it would like to know. */

import type { Language } from '../language.ts';
import type { SiteWords } from '../service-site.ts';
import { bindings, namespaces } from './names.ts';

export const samlPaths = { metadata: '/saml/metadata', consumer: '/saml/acs', logout: '/saml/slo' } as const;

export interface OwnDescription {
  readonly origin: string;
  readonly certificate: string;
  readonly words: Readonly<Record<Language, SiteWords>>;
  readonly requestedAttributes: readonly RequestedAttribute[];
}

export interface RequestedAttribute {
  readonly name: string;
  readonly friendlyName: string;
  readonly isRequired: boolean;
}

export function ownMetadata({ origin, certificate, words, requestedAttributes }: OwnDescription): string {
  const key = (use: string, methods: string) =>
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`;
  const named = (tag: string, what: 'name' | 'lead') =>
    (['ja', 'en'] as const).map((one) => `<${tag} xml:lang="${one}">${escaped(words[one][what])}</${tag}>`).join('');
  const attributes = requestedAttributes.map(
    ({ name, friendlyName, isRequired }) =>
      `<md:RequestedAttribute FriendlyName="${friendlyName}" Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" isRequired="${isRequired}"/>`,
  );
  const logout = [bindings.redirect, bindings.post].map(
    (binding) => `<md:SingleLogoutService Binding="${binding}" Location="${origin}${samlPaths.logout}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${namespaces.metadata}" xmlns:ds="${namespaces.signature}" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" entityID="${origin}${samlPaths.metadata}">
<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${namespaces.protocol}">
<md:Extensions><mdui:UIInfo>${named('mdui:DisplayName', 'name')}${named('mdui:Description', 'lead')}</mdui:UIInfo></md:Extensions>
${key('signing', '')}
${key('encryption', '<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>')}
${logout.join('\n')}
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
<md:AssertionConsumerService Binding="${bindings.post}" Location="${origin}${samlPaths.consumer}" index="1" isDefault="true"/>
<md:AttributeConsumingService index="1">${named('md:ServiceName', 'name')}${attributes.join('')}</md:AttributeConsumingService>
</md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
