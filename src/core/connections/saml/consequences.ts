/**
 * What bringing a service in, or up to date, does beyond the service itself: to people who are known there already, and to
 * whoever takes it for another. It is said, and imported all the same. Paths begin at the connection.
 */
import type { Finding } from '../../../base/document/problem.ts';
import type { SamlSettings } from '../saml-settings.ts';

/** A service that has a name already. */
export interface NamedEntity {
  readonly id: string;
  readonly entityId: string;
}

/** `before`: undefined for a new one. */
export function consequencesOf(
  before: SamlSettings | undefined,
  after: SamlSettings,
  others: readonly NamedEntity[],
): readonly Finding[] {
  return [
    ...(before && isRenamed(before, after)
      ? [said('entityId', `everybody has another ${derivedNames(after)} there from now on, and is a stranger by it`)]
      : []),
    ...(before && isKnownOtherwise(before, after)
      ? [said('nameIds', 'people are known there by another NameID from now on; ask its owner before')]
      : []),
    ...(!before || isRenamed(before, after)
      ? others.filter(({ entityId }) => isNearly(entityId, after.entityId)).map(nearness)
      : []),
  ];
}

const said = (field: string, message: string): Finding => ({ path: ['saml', field], message });

const isRenamed = (before: SamlSettings, after: SamlSettings): boolean => before.entityId !== after.entityId;

/** Where an attribute is the name, the service goes on knowing people by it. */
const derivedNames = ({ nameIdFrom }: SamlSettings): string =>
  nameIdFrom === undefined
    ? 'persistent NameID, pairwise-id and eduPersonTargetedID'
    : 'pairwise-id and eduPersonTargetedID';

/** The first kind is what a service gets that asks for none. */
const isKnownOtherwise = (before: SamlSettings, after: SamlSettings): boolean =>
  before.nameIds[0] !== after.nameIds[0] || before.nameIdFrom !== after.nameIdFrom;

/** Two names to every machine (SAML Core 8.3.6), and one to most people. */
const isNearly = (one: string, other: string): boolean => one !== other && folded(one) === folded(other);

const folded = (entityId: string): string => entityId.toLowerCase().replace(/\/$/, '');

const nearness = ({ id, entityId }: NamedEntity): Finding =>
  said(
    'entityId',
    `${id} is called ${entityId}, which differs in letter case or a slash only: is it the same service?`,
  );
