/**
 * What an attribute is: from where in the records it is read, what people call it, and its names in the protocols. The
 * definitions are configuration (presets and the university's own); where each source reads is in readers.ts.
 */
import type { Locale, Localized } from '../../base/locale.ts';

/** A key of the definitions: connections, consents and the log speak of an attribute under this name. */
export type AttributeName = string;

export type AttributeValue = string | readonly string[];

/** Everything that the records can be asked for. */
export const attributeSources = [
  'displayName',
  'familyName',
  'givenName',
  'jaDisplayName',
  'jaFamilyName',
  'jaGivenName',
  'kanaName',
  'mail',
  'loginName',
  'studentNumber',
  'staffNumber',
  'affiliation',
  'scopedAffiliation',
  'organizationalUnit',
  'principalName',
  'homeOrganization',
  'organization',
  'preferredLanguage',
  'uniqueId',
  'targetedId',
  'entitlement',
  'assurance',
  'scopedPersonalCode',
  'groups',
  'orcid',
  'immutableId',
  'constant',
] as const;
export type AttributeReading = (typeof attributeSources)[number];

/** SAML Core 8.2. */
export const samlNameFormats = ['uri', 'basic', 'unspecified'] as const;

export interface SamlAttributeName {
  readonly name: string;
  readonly format: (typeof samlNameFormats)[number];
  readonly friendlyName?: string;
}

export interface AttributeDefinition {
  readonly source: AttributeReading;
  readonly label: Localized;
  /** Of `constant`: what everybody has. */
  readonly values?: readonly string[];
  /** In which it is always read; absent: in that of the person's pages, or in Latin letters where a protocol has no language. */
  readonly language?: Locale;
  /** `true`: always told as a list; `false`: of several, the first alone. Absent: as the source has it. */
  readonly multi?: boolean;
  /** Absent: it is not told by this protocol. */
  readonly saml?: SamlAttributeName;
  readonly claim?: string;
  /** The scope that asks for the claim; absent: only the `claims` parameter does. */
  readonly scope?: string;
}

export type AttributeDefinitions = ReadonlyMap<AttributeName, AttributeDefinition>;

/** The definition of a name urn:oid:… with the name that people know it by (SAML Attribute Profiles 8.2.2). */
export const byOid = (oid: string, friendlyName: string): SamlAttributeName => ({
  name: `urn:oid:${oid}`,
  format: 'uri',
  friendlyName,
});
