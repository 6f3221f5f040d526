/**
 * Lays the settings of the environment over those of the file: SEKISHO__SERVER__ISSUER is server.issuer, in any letter
 * case. Text is taken as it is; numbers, booleans and lists are read as YAML. An empty variable sets nothing, because
 * that is how compose files pass on what nobody set.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { nearest } from '../base/document/nearest.ts';
import { childOf, fixedKeysOf, peel, schemaAt } from '../base/document/peel.ts';
import { type Path, type Problem, pathText } from '../base/document/problem.ts';
import { isValueMap, valueAt, withValue } from '../base/document/value-tree.ts';
import { type Environment, settingPrefix } from './environment.ts';

export interface Settings {
  readonly tree: unknown;
  /** Which variable wrote which path. */
  readonly variables: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export function applyEnvironment(schema: z.ZodType, file: unknown, environment: Environment): Settings {
  const variables = new Map<string, string>();
  const problems: Problem[] = [];
  let tree = file;
  for (const [variable, text] of Object.entries(environment).sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (text === undefined || text === '' || !variable.toUpperCase().startsWith(settingPrefix)) continue;
    const setting = readSetting(schema, tree, variable, text);
    if ('message' in setting) {
      problems.push({ ...setting, path: pathText(setting.path), position: variable });
      continue;
    }
    const earlier = variables.get(pathText(setting.path));
    if (earlier !== undefined) {
      problems.push({ path: pathText(setting.path), message: `also set by ${earlier}`, position: variable });
    }
    variables.set(pathText(setting.path), variable);
    tree = withValue(tree, setting.path, setting.value);
  }
  return { tree, variables, problems };
}

type Setting = { readonly path: Path; readonly value: unknown } | { readonly path: Path; readonly message: string };

function readSetting(schema: z.ZodType, tree: unknown, variable: string, text: string): Setting {
  let path: readonly string[] = [];
  for (const name of variable.slice(settingPrefix.length).split('__')) {
    const at = schemaAt(schema, path);
    const key = at && matchKey(at, valueAt(tree, path), name);
    if (at === undefined || key === undefined) {
      const near = at && nearest(name, fixedKeysOf(at) ?? []);
      const meant = near && settingPrefix + [...path, near].join('__').toUpperCase();
      const suggestion = meant ? `; did you mean ${meant}?` : '';
      return { path: [...path, name.toLowerCase()], message: `unknown key${suggestion}` };
    }
    path = [...path, key];
  }
  const target = schemaAt(schema, path);
  const core = target && peel(target).core;
  if (core instanceof z.ZodObject || core instanceof z.ZodRecord) {
    return { path, message: 'is a section: set its keys one by one' };
  }
  if (core?.def.type === 'string' || core?.def.type === 'enum') return { path, value: text };
  try {
    return { path, value: parse(text) };
  } catch {
    return { path, message: 'cannot be read as YAML' };
  }
}

/** A fixed key, one that the file has under that name, or a new identifier; case does not count in any of them. */
function matchKey(schema: z.ZodType, value: unknown, name: string): string | undefined {
  const isSame = (key: string): boolean => key.toLowerCase() === name.toLowerCase();
  const fixed = fixedKeysOf(schema);
  if (fixed) return fixed.find(isSame);
  if (!(peel(schema).core instanceof z.ZodRecord) || name === '') return undefined;
  const written = isValueMap(value) ? Object.keys(value).find(isSame) : undefined;
  return written ?? (childOf(schema, name) && name.toLowerCase());
}
