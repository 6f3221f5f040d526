/**
 * What this installation can tell services of its people: the definitions of its configuration, and for each person the
 * records from which they are read. Whoever tells or shows something holds one of these; it is made once.
 */
import type { Instant } from '../../base/clock.ts';
import type { Locale } from '../../base/locale.ts';
import { type Connection, isSaml } from '../connections/connection.ts';
import { samlPlace } from '../connections/pseudonym-place.ts';
import type { AttributeDefinition, AttributeDefinitions, AttributeName } from './definition.ts';
import { eduperson } from './presets/eduperson.ts';
import { gakunin } from './presets/gakunin.ts';
import { microsoft365 } from './presets/microsoft365.ts';
import { schac } from './presets/schac.ts';
import type { AttributeSource, Institution } from './source.ts';

type Definitions = Readonly<Record<AttributeName, AttributeDefinition>>;

export const attributePresetNames = ['eduperson', 'schac', 'gakunin', 'microsoft365'] as const;
export type AttributePreset = (typeof attributePresetNames)[number];

const presets: Readonly<Record<AttributePreset, Definitions>> = {
  eduperson,
  schac,
  gakunin,
  microsoft365,
};

/** Where the university defines a name that a preset has too, its own is the one that holds. */
export const definitionsOf = (
  chosen: readonly AttributePreset[],
  own: Readonly<Record<AttributeName, AttributeDefinition>>,
): AttributeDefinitions => new Map(Object.entries({ ...chosenPresets(chosen), ...own }));

const chosenPresets = (chosen: readonly AttributePreset[]): Definitions =>
  Object.assign({}, ...chosen.map((preset) => presets[preset]));

export interface Reading {
  readonly now: Instant;
  /** Of the person's pages. */
  readonly locale: Locale;
  /** To which service it is told; absent: to nobody. */
  readonly connection?: Connection;
}

export interface Attributes {
  readonly definitions: AttributeDefinitions;
  sourceOf(subject: Pick<AttributeSource, 'person' | 'account'>, reading: Reading): AttributeSource;
}

/** `institution` is asked each time: the key of its pseudonyms is that of the ring as it now stands. */
export const openAttributes = (definitions: AttributeDefinitions, institution: () => Institution): Attributes => ({
  definitions,
  sourceOf({ person, account }, { now, locale, connection }) {
    // SAML asks in no language, and what is not Japanese by its name is in Latin letters there (GakuNin's attributes).
    const told = connection && isSaml(connection);
    return {
      ...institution(),
      person,
      account,
      now,
      locale: told ? 'en' : locale,
      pageLocale: locale,
      ...(told ? { place: samlPlace(connection.saml.entityId) } : {}),
    };
  },
});
