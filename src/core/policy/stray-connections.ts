/**
 * Rules that name a connection which there is not. A rule may be written before its service is connected, so it is no
 * mistake by itself; a slip in a name is a rule that never holds.
 */
import { nearest } from '../../base/document/nearest.ts';
import type { PolicyRule } from './rule.ts';

/** A sentence for each, with what was probably meant. `known` are the ids of all connections. */
export const strayConnections = (rules: readonly PolicyRule[], known: readonly string[]): readonly string[] =>
  rules.flatMap(({ name, when }) =>
    (when.connections ?? [])
      .filter((id) => !known.includes(id))
      .map((id) => {
        const meant = nearest(id, known);
        return `${name}: there is no connection ${id}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
      }),
  );
