/** The one entity that is meant, in a document of one or of several (Metadata 2.3). */
import type { Instant } from '../../../base/clock.ts';
import { namespaces } from '../names.ts';
import { childrenNamed, isNamed, type XmlElement } from '../xml/element.ts';
import { instantOf } from './values.ts';

export type ChosenEntity =
  | {
      readonly ok: true;
      readonly entity: XmlElement;
      /** The earliest of its own and of those of the groups around it: none outlives its group. */
      readonly validUntil: Instant | undefined;
    }
  | { readonly ok: false; readonly problem: string };

const shownAtMost = 5;

export function chooseEntity(root: XmlElement, entityId: string | undefined): ChosenEntity {
  const found = entitiesIn(root, undefined);
  const meant = entityId === undefined ? found : found.filter(({ entity }) => entity.attributes.entityID === entityId);
  const [first] = meant;
  if (meant.length === 1 && first) return { ok: true, ...first };
  if (found.length === 0) return refused('holds no EntityDescriptor of SAML 2.0');
  const names = found.map(({ entity }) => entity.attributes.entityID ?? 'one without a name');
  const shown = names.slice(0, shownAtMost).join(', ') + (names.length > shownAtMost ? ', …' : '');
  if (meant.length > 1 && entityId !== undefined) return refused(`holds ${entityId} more than once`);
  if (entityId !== undefined) return refused(`does not hold ${entityId}; it holds ${shown}`);
  return refused(`holds ${names.length} entities; write under entityId which is meant: ${shown}`);
}

const refused = (problem: string) => ({ ok: false, problem }) as const;

interface Found {
  readonly entity: XmlElement;
  readonly validUntil: Instant | undefined;
}

/** Groups can hold groups; the parser has bounded how deep. */
function entitiesIn(element: XmlElement, around: Instant | undefined): readonly Found[] {
  const validUntil = earliest(around, instantOf(element.attributes.validUntil));
  if (isNamed(element, namespaces.metadata, 'EntityDescriptor')) return [{ entity: element, validUntil }];
  if (!isNamed(element, namespaces.metadata, 'EntitiesDescriptor')) return [];
  return [
    ...childrenNamed(element, namespaces.metadata, 'EntityDescriptor'),
    ...childrenNamed(element, namespaces.metadata, 'EntitiesDescriptor'),
  ].flatMap((child) => entitiesIn(child, validUntil));
}

export const earliest = (left: Instant | undefined, right: Instant | undefined): Instant | undefined =>
  left === undefined ? right : right === undefined ? left : Math.min(left, right);
