/**
 * What a login proves. Pure: factors used, with their times, become the set of levels that are true; configuration
 * gives each level its URI in each protocol. "Assert something that matches the request, and only what is true."
 */
import type { Instant } from '../../base/clock.ts';
import { type Level, levels } from './level.ts';
import { type PasswordPreset, presetMeetsSfa } from './password-rule.ts';

/** A factor that was used, when, and what is known of it. */
export type FactorUse = { readonly kind: 'password'; readonly at: Instant; readonly preset: PasswordPreset };

/** Lowest first. A password makes `sfa` true only if the rule under which it was set meets the criteria. */
export function trueLevels(factors: readonly FactorUse[]): readonly Level[] {
  const passwords = factors.filter(({ kind }) => kind === 'password');
  const held = new Set<Level>();
  if (passwords.length > 0) held.add('password');
  if (passwords.some(({ preset }) => presetMeetsSfa(preset))) held.add('sfa');
  return levels.filter((level) => held.has(level));
}

/** auth_time and AuthnInstant: the oldest factor relied on. Undefined without a factor. */
export const authenticatedAt = (factors: readonly FactorUse[]): Instant | undefined =>
  factors.length === 0 ? undefined : Math.min(...factors.map(({ at }) => at));

/** One protocol's names for the levels, lowest first; a level without a name is not asserted there. */
export type LevelNames = readonly { readonly level: Level; readonly name: string }[];

/**
 * The one name to assert, or undefined where nothing true may be said. `requested` is in the service's order of
 * preference; an empty list asks for nothing, so that the highest true level may be told.
 */
export function assertedName(
  held: readonly Level[],
  names: LevelNames,
  requested: readonly string[],
): string | undefined {
  const truths = names.filter(({ level }) => held.includes(level)).map(({ name }) => name);
  if (requested.length > 0) return requested.find((name) => truths.includes(name));
  return truths.at(-1);
}

/** A demand in our own words: levels of which one must be reached, if the service insists. */
export interface LevelDemand {
  readonly acceptable: readonly Level[];
  readonly essential: boolean;
}

/** False only where the service insists and nothing that it accepts is true. */
export const satisfies = (held: readonly Level[], { acceptable, essential }: LevelDemand): boolean =>
  !essential || held.some((level) => acceptable.includes(level));

/** Whether the lowest level that a connection was approved for is true; without one, any login will do. */
export const reaches = (held: readonly Level[], required: Level | undefined): boolean =>
  required === undefined || held.includes(required);
