/**
 * What a service is told of a person: of what the connection was granted, that which the person allowed where people are
 * asked, under the names of the definitions or those that this one service wants (Core 2.7.3; SAML2int SDP-IDP18, 20).
 */
import type { Attributes } from '../../core/attributes/attributes.ts';
import type { AttributeDefinition } from '../../core/attributes/definition.ts';
import { readAttribute } from '../../core/attributes/readers.ts';
import type { AttributeSource } from '../../core/attributes/source.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import { allowedRelease } from '../../core/consents/allowed-release.ts';
import type { World } from '../../core/world.ts';
import { nameIdXml, pseudonymOf, type SamlNameId } from './name-id.ts';
import { nameFormats, nameIdFormats } from './names.ts';
import { subjectIdFor } from './subject-id.ts';
import { isXmlText } from './xml/escape.ts';
import { element, type XmlPiece } from './xml/write.ts';

export interface SamlAttribute {
  readonly name: string;
  /** A URI of Core 8.2; absent where the service knows the attribute by a bare name. */
  readonly format?: string;
  readonly friendlyName?: string;
  /** One at least. A NameID only in eduPersonTargetedID. */
  readonly values: readonly (string | SamlNameId)[];
}

export interface AttributesMeans {
  readonly world: Pick<World, 'store'>;
  readonly attributes: Pick<Attributes, 'definitions'>;
}

/** `issuer`: as which identity provider the service knows this one. The subject identifier is among them, if it asks for one. */
export async function attributesFor(
  { world, attributes }: AttributesMeans,
  connection: SamlConnection,
  source: AttributeSource,
  issuer: string,
): Promise<readonly SamlAttribute[]> {
  const { saml } = connection;
  const allowed = await allowedRelease(world.store, connection, source.account.id);
  const told = allowed.flatMap(({ attribute }): readonly SamlAttribute[] => {
    const definition = attributes.definitions.get(attribute);
    const names = definition && namesOf(definition, saml.attributeNames?.[attribute]);
    const values = definition ? valuesOf(definition, source, issuer, saml.entityId) : [];
    return names && values.length > 0 ? [{ ...names, values }] : [];
  });
  const subject = subjectIdFor(saml, source);
  return subject ? [...told, { name: subject.name, format: nameFormats.uri, values: [subject.value] }] : told;
}

/** Undefined for what has no name by which a service could be told of it. */
function namesOf(
  { saml }: AttributeDefinition,
  ownName: string | undefined,
): Omit<SamlAttribute, 'values'> | undefined {
  if (ownName !== undefined) return { name: ownName };
  if (!saml) return undefined;
  const { name, format, friendlyName } = saml;
  return { name, format: nameFormats[format], ...(friendlyName === undefined ? {} : { friendlyName }) };
}

function valuesOf(
  definition: AttributeDefinition,
  source: AttributeSource,
  issuer: string,
  entityId: string,
): readonly (string | SamlNameId)[] {
  if (definition.source === 'targetedId') return [targetedId(source, issuer, entityId)];
  const value = readAttribute(definition, source);
  const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  // A stray control character in somebody's record takes that one value from them, not the login.
  return values.filter(isXmlText);
}

/** eduPerson 202208, 2.2.7: the value is a NameID. */
const targetedId = (source: AttributeSource, issuer: string, entityId: string): SamlNameId => ({
  format: nameIdFormats.persistent,
  value: pseudonymOf(source, entityId),
  nameQualifier: issuer,
  spNameQualifier: entityId,
});

/** Core 2.7.3: with one attribute at least, so that there is none where nothing is told. Values are strings, untyped. */
export function attributeStatementXml(attributes: readonly SamlAttribute[]): XmlPiece | undefined {
  if (attributes.length === 0) return undefined;
  return element('saml:AttributeStatement', {}, attributes.map(attributeXml));
}

const attributeXml = ({ name, format, friendlyName, values }: SamlAttribute): XmlPiece =>
  element(
    'saml:Attribute',
    {
      Name: name,
      ...(format === undefined ? {} : { NameFormat: format }),
      ...(friendlyName === undefined ? {} : { FriendlyName: friendlyName }),
    },
    values.map((value) => element('saml:AttributeValue', {}, [typeof value === 'string' ? value : nameIdXml(value)])),
  );
