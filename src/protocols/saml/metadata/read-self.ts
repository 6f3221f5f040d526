/** How a service calls itself, for people (mdui), and what it says of itself for programs (entity attributes). */
import type { Locale } from '../../../base/locale.ts';
import type { SelfDescription } from '../../../core/connections/saml/facts.ts';
import { type SubjectIdentifier, subjectIdentifiers } from '../../../core/connections/saml-settings.ts';
import { namespaces } from '../names.ts';
import { childrenNamed, type XmlElement } from '../xml/element.ts';

const { metadata, mdui, mdattr, assertion } = namespaces;
const subjectIdRequirement = 'urn:oasis:names:tc:SAML:profiles:subject-id:req';
const entityCategory = 'http://macedir.org/entity-category';

export function readSelf(entity: XmlElement, role: XmlElement): SelfDescription {
  const shown = extensionsOf(role).flatMap((extensions) => childrenNamed(extensions, mdui, 'UIInfo'));
  const organization = childrenNamed(entity, metadata, 'Organization');
  const consuming = childrenNamed(role, metadata, 'AttributeConsumingService');
  const named = (parents: readonly XmlElement[], namespace: string, name: string) =>
    inLanguages(parents.flatMap((parent) => childrenNamed(parent, namespace, name)));
  const told = {
    name: firstTold(
      named(shown, mdui, 'DisplayName'),
      named(consuming, metadata, 'ServiceName'),
      named(organization, metadata, 'OrganizationDisplayName'),
    ),
    description: firstTold(named(shown, mdui, 'Description'), named(consuming, metadata, 'ServiceDescription')),
    informationUrl: named(shown, mdui, 'InformationURL'),
    privacyUrl: named(shown, mdui, 'PrivacyStatementURL'),
  };
  return Object.fromEntries(Object.entries(told).filter(([, words]) => Object.keys(words).length > 0));
}

type InLanguages = Partial<Record<Locale, string>>;

const firstTold = (...ways: readonly InLanguages[]): InLanguages =>
  ways.find((words) => Object.keys(words).length > 0) ?? {};

function inLanguages(elements: readonly XmlElement[]): InLanguages {
  const found: InLanguages = {};
  for (const { attributes, text } of elements) {
    const language = attributes[`{${namespaces.xml}}lang`]?.toLowerCase().split('-')[0];
    const words = text.trim();
    if ((language === 'ja' || language === 'en') && words !== '') found[language] ??= words;
  }
  return found;
}

const extensionsOf = (parent: XmlElement): readonly XmlElement[] => childrenNamed(parent, metadata, 'Extensions');

export interface EntityAttributes {
  readonly subjectIdentifier: SubjectIdentifier;
  readonly entityCategories: readonly string[];
}

export function readEntityAttributes(entity: XmlElement): EntityAttributes {
  const attributes = extensionsOf(entity)
    .flatMap((extensions) => childrenNamed(extensions, mdattr, 'EntityAttributes'))
    .flatMap((held) => childrenNamed(held, assertion, 'Attribute'));
  const valuesOf = (name: string): readonly string[] =>
    attributes
      .filter((attribute) => attribute.attributes.Name === name)
      .flatMap((attribute) => childrenNamed(attribute, assertion, 'AttributeValue'))
      .map(({ text }) => text.trim())
      .filter((text) => text !== '');
  const [asked] = valuesOf(subjectIdRequirement);
  return {
    subjectIdentifier: subjectIdentifiers.find((known) => known === asked) ?? 'none',
    entityCategories: valuesOf(entityCategory),
  };
}

/** The one that a response is made for: the default, else the first (Metadata 2.4.4). */
export const attributeServiceOf = (role: XmlElement): XmlElement | undefined => {
  const all = childrenNamed(role, metadata, 'AttributeConsumingService');
  return all.find(({ attributes }) => attributes.isDefault === 'true' || attributes.isDefault === '1') ?? all[0];
};

export const nameFormatsOf = (role: XmlElement): readonly string[] =>
  childrenNamed(role, metadata, 'NameIDFormat').map(({ text }) => text.trim());
