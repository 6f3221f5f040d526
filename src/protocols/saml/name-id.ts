/**
 * Under which name a service is told of somebody (Core 8.3). Which kind it is, is known as soon as the request is read; a
 * value is made when a response is. What a service knows as a pseudonym, no other service is ever told.
 */
import type { Ids } from '../../base/ids.ts';
import type { Attributes } from '../../core/attributes/attributes.ts';
import { readAttribute } from '../../core/attributes/readers.ts';
import type { AttributeSource } from '../../core/attributes/source.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import { samlPlace } from '../../core/connections/pseudonym-place.ts';
import { type NameIdKind, nameIdKinds } from '../../core/connections/saml-settings.ts';
import { nameIdFormats } from './names.ts';
import { SamlRefusal, type SamlStatus } from './refusal.ts';
import { isXmlText } from './xml/escape.ts';
import { element, type XmlPiece } from './xml/write.ts';

export interface SamlNameId {
  /** A URI of Core 8.3. */
  readonly format: string;
  readonly value: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

export interface NameIdMeans {
  readonly ids: Ids;
  readonly attributes: Pick<Attributes, 'definitions'>;
}

/** Core 3.4.1.1. AllowCreate is not looked at: names are derived, so that all of them exist before anybody asks. */
export interface NameIdWish {
  readonly format?: string;
  readonly spNameQualifier?: string;
}

/**
 * The kind that this service is to be told, of those that it may be.
 * @throws SamlRefusal `name_id_refused`, with the status InvalidNameIDPolicy.
 */
export function nameIdKindFor({ saml }: Pick<SamlConnection, 'saml'>, wish: NameIdWish = {}): NameIdKind {
  const { format, spNameQualifier } = wish;
  // In the name space of another service or of a group of them (Core 8.3.7): it would be told what others know somebody by.
  if (spNameQualifier !== undefined && spNameQualifier !== saml.entityId) {
    throw refusedByWish('the SPNameQualifier is another than the service’s own entityID');
  }
  const [usual] = saml.nameIds;
  if (usual === undefined) throw refusedByWish('the service may be given no NameID');
  // Core 3.4.1.1: without a format, and with the one that is called unspecified, the choice is ours.
  if (format === undefined || format === nameIdFormats.unspecified) return usual;
  const kind = nameIdKinds.find((one) => nameIdFormats[one] === format);
  if (kind === undefined || !saml.nameIds.includes(kind)) {
    throw refusedByWish('the format of NameID is not one that the service may be given');
  }
  return kind;
}

const invalidPolicy = (top: SamlStatus['top']): SamlStatus => ({ top, second: 'invalidNameIdPolicy' });

const refusedByWish = (detail: string): SamlRefusal =>
  new SamlRefusal('name_id_refused', detail, { status: invalidPolicy('requester') });

/** It is not the service's fault: this one person has no such name. */
const refusedByLack = (detail: string): SamlRefusal =>
  new SamlRefusal('name_id_refused', detail, { status: invalidPolicy('responder') });

/**
 * `issuer`: as which identity provider the service knows this one.
 * @throws SamlRefusal `name_id_refused` where the person has no value of the kind.
 */
export function nameIdFor(
  means: NameIdMeans,
  connection: SamlConnection,
  source: AttributeSource,
  { kind, issuer }: { readonly kind: NameIdKind; readonly issuer: string },
): SamlNameId {
  const { entityId, nameIdFrom } = connection.saml;
  const format = nameIdFormats[kind];
  const qualifiers = { nameQualifier: issuer, spNameQualifier: entityId };
  // Core 8.3.8: drawn anew each time, 256 bits; logout finds it among the participants of the session.
  if (kind === 'transient') return { format, value: means.ids.token(), ...qualifiers };
  if (kind === 'email') return { format, value: mailOf(source) };
  // Such a value is known beyond the two of us, so that qualifiers would say what is not so.
  if (nameIdFrom !== undefined) return { format, value: valueFrom(means, connection, source, nameIdFrom) };
  return { format, value: pseudonymOf(source, entityId), ...qualifiers };
}

/**
 * Core 8.3.7: opaque, of this service alone, 43 characters of the 256 that are allowed. Never given to anybody else, since
 * the id of an account never is; so there is nothing to keep of one that has gone.
 */
export const pseudonymOf = ({ account, pseudonym }: AttributeSource, entityId: string): string =>
  pseudonym(account.id, samlPlace(entityId)).toString('base64url');

function mailOf({ account }: AttributeSource): string {
  const { universityMail } = account;
  if (universityMail === undefined) throw refusedByLack('the person has no university mail address');
  if (!isXmlText(universityMail)) throw refusedByLack('the mail address cannot be a NameID');
  return universityMail;
}

function valueFrom(
  { attributes }: NameIdMeans,
  { saml }: SamlConnection,
  source: AttributeSource,
  from: string,
): string {
  const definition = attributes.definitions.get(from);
  const value = definition && readAttribute(definition, source);
  // Of several nobody could say which one the service knows, or whether it is the same tomorrow.
  if (typeof value !== 'string') throw refusedByLack(`the person has no single value of ${from}`);
  const isEntra = saml.preset === 'microsoft365';
  const written = isEntra ? htmlSafe(value) : value;
  if (value.length > (isEntra ? longestThere : longest) || !isXmlText(written))
    throw refusedByLack(`the value of ${from} cannot be a NameID`);
  return written;
}

/** Core 8.3.7, 8.3.8. */
const longest = 256;
/** Of an onPremisesImmutableId, before it is made safe for HTML. */
const longestThere = 64;

/** As Microsoft wants an immutable id: what HTML may not hold, as a dot and its code, so that + becomes .2B. */
const htmlSafe = (value: string): string =>
  value.replace(/[+&<>"']/g, (letter) => `.${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Core 2.2.3. */
export const nameIdXml = ({ format, value, nameQualifier, spNameQualifier }: SamlNameId): XmlPiece =>
  element(
    'saml:NameID',
    {
      Format: format,
      ...(nameQualifier === undefined ? {} : { NameQualifier: nameQualifier }),
      ...(spNameQualifier === undefined ? {} : { SPNameQualifier: spNameQualifier }),
    },
    [value],
  );
