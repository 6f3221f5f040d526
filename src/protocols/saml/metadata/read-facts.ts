/** One service out of its EntityDescriptor: where it takes what, by which keys, and what it asks for (Metadata 2.4.4). */
import type { Instant } from '../../../base/clock.ts';
import type { RequestedAttribute, SamlFacts } from '../../../core/connections/saml/facts.ts';
import type { NameIdKind, SamlConsumer, SamlLogoutPlace } from '../../../core/connections/saml-settings.ts';
import { bindings, nameIdFormats, namespaces } from '../names.ts';
import { childrenNamed, type XmlElement } from '../xml/element.ts';
import { earliest } from './choose.ts';
import { readKeys } from './read-keys.ts';
import { attributeServiceOf, nameFormatsOf, readEntityAttributes, readSelf } from './read-self.ts';
import { indexOf, instantOf, isTrue } from './values.ts';

export type ReadFacts =
  | { readonly ok: true; readonly facts: SamlFacts }
  | { readonly ok: false; readonly problem: string };

const { metadata, protocol } = namespaces;

export function readFacts(entity: XmlElement, validUntil: Instant | undefined): ReadFacts {
  const { entityID: entityId = '' } = entity.attributes;
  const roles = childrenNamed(entity, metadata, 'SPSSODescriptor').filter(({ attributes }) =>
    (attributes.protocolSupportEnumeration ?? '').split(/\s+/).includes(protocol),
  );
  const [role] = roles;
  if (entityId === '') return { ok: false, problem: 'holds an EntityDescriptor without an entityID' };
  if (!role) return { ok: false, problem: `${entityId} is no service of SAML 2.0: it has no SPSSODescriptor for it` };
  const { signing, encryption, cipher, remarks: ofKeys } = readKeys(role);
  const consumers = readConsumers(role);
  const logout = readLogout(role);
  const formats = readFormats(role);
  const until = earliest(validUntil, instantOf(role.attributes.validUntil));
  const facts: SamlFacts = {
    entityId,
    ...(until === undefined ? {} : { validUntil: until }),
    consumers: consumers.known,
    logout: logout.known,
    signingCertificates: signing,
    encryptionCertificates: encryption,
    ...(cipher === undefined ? {} : { cipher }),
    signsRequests: isTrue(role.attributes.AuthnRequestsSigned),
    wantsSignedAssertions: isTrue(role.attributes.WantAssertionsSigned),
    nameIds: formats.known,
    ...readEntityAttributes(entity),
    requestedAttributes: readRequested(role),
    self: readSelf(entity, role),
    remarks: [
      ...(roles.length > 1 ? ['it describes itself as a service more than once; the first is taken'] : []),
      ...ofKeys,
      ...consumers.remarks,
      ...logout.remarks,
      ...formats.remarks,
    ],
  };
  return { ok: true, facts };
}

interface Sorted<Known> {
  readonly known: readonly Known[];
  readonly remarks: readonly string[];
}

function sort<Known>(
  elements: readonly XmlElement[],
  what: string,
  read: (element: XmlElement) => Known | undefined,
): Sorted<Known> {
  const unknown = elements.filter((element) => read(element) === undefined);
  const names = [...new Set(unknown.map(({ attributes }) => attributes.Binding ?? 'without a binding'))];
  return {
    known: elements.flatMap((element) => read(element) ?? []),
    remarks: unknown.length === 0 ? [] : [`it has ${what} by bindings that are not used here: ${names.join(', ')}`],
  };
}

function readConsumers(role: XmlElement): Sorted<SamlConsumer> {
  const elements = childrenNamed(role, metadata, 'AssertionConsumerService');
  return sort(elements, 'addresses for responses', (element) => {
    const { Binding, Location: url = '', index, isDefault } = element.attributes;
    const binding = Binding === bindings.post ? 'post' : Binding === bindings.artifact ? 'artifact' : undefined;
    if (binding === undefined) return undefined;
    return {
      url: url.trim(),
      binding,
      // Required by the schema; its place is what is meant where somebody forgot it.
      index: indexOf(index) ?? elements.indexOf(element),
      ...(isDefault === undefined ? {} : { isDefault: isTrue(isDefault) }),
    };
  });
}

const logoutBindings = { [bindings.redirect]: 'redirect', [bindings.post]: 'post', [bindings.soap]: 'soap' } as const;

const readLogout = (role: XmlElement): Sorted<SamlLogoutPlace> =>
  sort(childrenNamed(role, metadata, 'SingleLogoutService'), 'addresses for logout', ({ attributes }) => {
    const binding = new Map(Object.entries(logoutBindings)).get(attributes.Binding ?? '');
    const { Location: url, ResponseLocation: responseUrl } = attributes;
    if (binding === undefined || url === undefined) return undefined;
    return { binding, url: url.trim(), ...(responseUrl === undefined ? {} : { responseUrl: responseUrl.trim() }) };
  });

const nameIdKinds: readonly (readonly [string, NameIdKind])[] = [
  [nameIdFormats.transient, 'transient'],
  [nameIdFormats.persistent, 'persistent'],
  [nameIdFormats.email, 'email'],
  [nameIdFormats.unspecified, 'unspecified'],
];

function readFormats(role: XmlElement): Sorted<NameIdKind> {
  const kinds = new Map(nameIdKinds);
  const formats = nameFormatsOf(role);
  const unknown = formats.filter((format) => !kinds.has(format));
  return {
    known: [...new Set(formats.flatMap((format) => kinds.get(format) ?? []))],
    remarks:
      unknown.length === 0 ? [] : [`it names formats of identifiers that do not exist here: ${unknown.join(', ')}`],
  };
}

const readRequested = (role: XmlElement): readonly RequestedAttribute[] => {
  const asking = attributeServiceOf(role);
  if (!asking) return [];
  return childrenNamed(asking, metadata, 'RequestedAttribute').flatMap(({ attributes }) => {
    const { Name: name, FriendlyName: friendlyName, isRequired } = attributes;
    if (name === undefined) return [];
    return [{ name, ...(friendlyName === undefined ? {} : { friendlyName }), isRequired: isTrue(isRequired) }];
  });
};
