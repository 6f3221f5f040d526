/**
 * Which name goes out. Both protocols ask here: what was requested, by name and comparison (SAML Core 3.3.2.2.1; OpenID
 * Connect compares exactly), against the levels that are true. Exactly one name, and a true one, or none.
 */
import { type AssuranceRule, authenticatedAt, methodReferences, reachableLevels, trueLevels } from './assurance.ts';
import type { FactorUse } from './factor-use.ts';
import { isAtLeast, isStronger, type Level, type LevelOrder } from './level.ts';

/** One protocol's names for the levels, in the order of telling; a level may have several names, or none there. */
export type LevelNames = readonly { readonly level: Level; readonly name: string }[];

export const comparisons = ['exact', 'minimum', 'maximum', 'better'] as const;
export type Comparison = (typeof comparisons)[number];

export interface RequestedNames {
  /** In the service's order of preference; an empty list asks for nothing. */
  readonly names: readonly string[];
  readonly comparison: Comparison;
}

/**
 * The names that would answer the request, in order of preference. A name that nobody here knows can be answered by
 * itself alone, so it is answered by nothing; to be better than it cannot be shown either.
 */
export function acceptableNames(names: LevelNames, order: LevelOrder, requested: RequestedNames): LevelNames {
  const asked = requested.names.flatMap((name) => names.filter((known) => known.name === name));
  const isWhole = requested.names.every((name) => names.some((known) => known.name === name));
  const others = (fits: (level: Level) => boolean): LevelNames =>
    names.filter((known) => !asked.includes(known) && fits(known.level));
  switch (requested.comparison) {
    case 'exact':
      return asked;
    // What was asked for comes first; a stronger one only where that is not true, or has no name of its own.
    case 'minimum':
      return [...asked, ...others((level) => asked.some((bound) => isAtLeast(order, level, bound.level)))];
    // As strong as possible without exceeding one of those: strongest first.
    case 'maximum': {
      const within = [...asked, ...others((level) => asked.some((bound) => isAtLeast(order, bound.level, level)))];
      return within.toSorted((a, b) => strength(order, names, b.level) - strength(order, names, a.level));
    }
    case 'better':
      return isWhole && asked.length > 0
        ? names.filter(({ level }) => asked.every((bound) => isStronger(order, level, bound.level)))
        : [];
  }
}

/** How many levels with a name it is stronger than: puts the stronger of two that can be compared first. */
const strength = (order: LevelOrder, names: LevelNames, level: Level): number =>
  names.filter((known) => isStronger(order, level, known.level)).length;

/** The names that a protocol announces: those of levels that can be reached here. */
export function announcedNames({ rule, names }: Assertable): readonly string[] {
  const reachable = reachableLevels(rule);
  return names.filter(({ level }) => reachable.includes(level)).map(({ name }) => name);
}

/** What a protocol says of a login. */
export interface Assertion {
  /** Absent where nothing true may be said. */
  readonly name?: string;
  readonly level?: Level;
  readonly at: number;
  readonly methods: readonly string[];
}

export interface Assertable {
  readonly rule: AssuranceRule;
  readonly order: LevelOrder;
  readonly names: LevelNames;
}

/** @throws Error without a factor: nobody has authenticated, and nothing may be asserted. */
export function assertionOf(
  { rule, order, names }: Assertable,
  factors: readonly FactorUse[],
  requested: RequestedNames,
): Assertion {
  const held = trueLevels(rule, factors);
  const candidates = requested.names.length > 0 ? acceptableNames(names, order, requested) : names.toReversed();
  const told = candidates.find(({ level }) => held.includes(level));
  const at = authenticatedAt(rule, factors, told?.level);
  if (at === undefined) throw new Error('nothing is asserted of a login without a factor');
  return { ...(told ? { name: told.name, level: told.level } : {}), at, methods: methodReferences(rule, factors) };
}
