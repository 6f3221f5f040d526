/** Values as an author wrote them: maps, lists and scalars, before any check. Nothing here changes what it is given. */
import type { Path } from './problem.ts';

export type ValueMap = Readonly<Record<string, unknown>>;

export const isValueMap = (value: unknown): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return (at as Record<string | number, unknown>)[key];
  }, value);
}

/** A copy with `value` at `path`. Where something other than a map is in the way, that stays, to be complained about. */
export function withValue(tree: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (tree !== undefined && tree !== null && !isValueMap(tree)) return tree;
  const map = tree ?? {};
  return { ...map, [key]: withValue(Object.hasOwn(map, key) ? (map as ValueMap)[key] : undefined, rest, value) };
}
