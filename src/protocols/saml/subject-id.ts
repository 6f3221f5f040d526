/**
 * Subject identifiers (SAML V2.0 Subject Identifier Attributes Profile 1.0). Like the `sub` of OpenID Connect they name the
 * person to the service rather than describe them: the connection says which one it is told, and nobody is asked.
 */
import { lifelongIdOf } from '../../core/attributes/readers.ts';
import type { AttributeSource } from '../../core/attributes/source.ts';
import { samlPlace } from '../../core/connections/pseudonym-place.ts';
import type { SamlSettings } from '../../core/connections/saml-settings.ts';

export const subjectIdNames = {
  'subject-id': 'urn:oasis:names:tc:SAML:attribute:subject-id',
  'pairwise-id': 'urn:oasis:names:tc:SAML:attribute:pairwise-id',
} as const;

export interface SubjectIdentifierValue {
  readonly name: string;
  readonly value: string;
}

/** Undefined where the service asked for none. Hexadecimal, because services may fold case (3.3.2, 3.4.2). */
export function subjectIdFor(
  { entityId, subjectIdentifier }: Pick<SamlSettings, 'entityId' | 'subjectIdentifier'>,
  source: AttributeSource,
): SubjectIdentifierValue | undefined {
  if (subjectIdentifier === 'none') return undefined;
  const scope = source.scope.toLowerCase();
  if (subjectIdentifier === 'subject-id') {
    return { name: subjectIdNames['subject-id'], value: `${lifelongIdOf(source)}@${scope}` };
  }
  // `any` (5.): the one by which services cannot compare what they know of somebody.
  const pairwise = source.pseudonym(source.account.id, samlPlace(entityId)).toString('hex');
  return { name: subjectIdNames['pairwise-id'], value: `${pairwise}@${scope}` };
}
