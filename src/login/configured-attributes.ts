/** What configuration says of attributes, as core asks for it. */
import type { Config } from '../config/schema.ts';
import { type Attributes, definitionsOf, openAttributes } from '../core/attributes/attributes.ts';
import type { Institution } from '../core/attributes/source.ts';
import type { Pseudonym } from '../core/keys/pseudonym.ts';

/** `pseudonym` is asked for each time, because the ring may have been read again. */
export function configuredAttributes(
  { attributes, units, university }: Config,
  pseudonym: () => Pseudonym,
): Attributes {
  const { presets, definitions, entitlements, assurance, groupPrefix } = attributes;
  const standing: Omit<Institution, 'pseudonym'> = {
    scope: university.scope,
    name: university.name,
    unitNames: Object.fromEntries(Object.entries(units).map(([code, { name }]) => [code, name])),
    entitlements,
    assurance,
    ...(groupPrefix === undefined ? {} : { groupPrefix }),
  };
  return openAttributes(definitionsOf(presets, definitions), () => ({ ...standing, pseudonym: pseudonym() }));
}
