/**
 * Separates what the schema knows from what it does not. An unknown key is an error, never ignored: a misspelt
 * security setting would otherwise leave its default in force without a word.
 */
import { z } from 'zod';
import { listKeys } from './key-list.ts';
import { nearest } from './nearest.ts';
import { childOf, fixedKeysOf, peel } from './peel.ts';
import { type Finding, type Path, pathText } from './problem.ts';
import { isValueMap } from './value-tree.ts';

export interface KnownKeys {
  /** The tree without unknown and empty keys, and with every section present, so that each missing key gets named. */
  readonly kept: unknown;
  readonly findings: readonly Finding[];
}

export function keepKnownKeys(schema: z.ZodType, tree: unknown): KnownKeys {
  const findings: Finding[] = [];
  const reject = (path: Path): void => {
    findings.push({ path, message: unknownKeyMessage(schema, path) });
  };
  return { kept: keep(schema, tree ?? {}, [], reject), findings };
}

function keep(schema: z.ZodType, value: unknown, path: Path, reject: (path: Path) => void): unknown {
  const { core } = peel(schema);
  if (Array.isArray(value)) return value.map((item, index) => keepBelow(schema, index, item, path, reject));
  if (!isValueMap(value)) return value;
  if (core instanceof z.ZodRecord) {
    // `engineering:` with nothing after it is a part whose keys are all missing, not an absent one.
    const entries = Object.entries(value).map(([key, item]) => [key, keepBelow(schema, key, item ?? {}, path, reject)]);
    return Object.fromEntries(entries);
  }
  if (!(core instanceof z.ZodObject)) return value;
  const known = Object.entries(value).flatMap(([key, item]) => {
    if (childOf(schema, key) === undefined) {
      reject([...path, key]);
      return [];
    }
    return item === null ? [] : [[key, keepBelow(schema, key, item, path, reject)]];
  });
  const present = new Set(known.map(([key]) => key));
  const absent = (fixedKeysOf(schema) ?? []).filter((key) => !present.has(key) && isRequiredSection(schema, key));
  const added = absent.map((key) => [key, keepBelow(schema, key, {}, path, reject)]);
  return Object.fromEntries([...known, ...added]);
}

function keepBelow(
  schema: z.ZodType,
  key: string | number,
  value: unknown,
  path: Path,
  reject: (path: Path) => void,
): unknown {
  const below = childOf(schema, key);
  return below === undefined ? value : keep(below, value, [...path, key], reject);
}

function isRequiredSection(schema: z.ZodType, key: string): boolean {
  const below = childOf(schema, key);
  if (below === undefined) return false;
  const { core, optional, fallback } = peel(below);
  return core instanceof z.ZodObject && !optional && fallback === undefined;
}

/** Looks beside the key first, then for a key of that name anywhere: people also put the right key into the wrong section. */
function unknownKeyMessage(schema: z.ZodType, path: Path): string {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  const at = parent.reduce<z.ZodType | undefined>((below, step) => below && childOf(below, step), schema);
  const reason = at && peel(at).refused.get(key);
  if (reason !== undefined) return `not accepted: ${reason}`;
  const beside = nearest(key, (at && fixedKeysOf(at)) ?? []);
  if (beside !== undefined) return `unknown key; did you mean ${pathText([...parent, beside])}?`;
  const elsewhere = listKeys(schema).find(({ steps }) => steps.at(-1)?.toLowerCase() === key.toLowerCase());
  return elsewhere === undefined ? 'unknown key' : `unknown key; did you mean ${elsewhere.path}?`;
}
