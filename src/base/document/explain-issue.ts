/** Turns zod's issue into a sentence in the words of the manual: what is expected, and what stands there instead. */
import type { z } from 'zod';
import { notAsDescribed } from './fields/not-as-described.ts';
import { peel, schemaAt } from './peel.ts';
import type { Finding, Path } from './problem.ts';
import { isValueMap, valueAt } from './value-tree.ts';

export function explainIssue(schema: z.ZodType, tree: unknown, issue: z.core.$ZodIssue): Finding {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  // A check that has something of its own to say says it; anything else is left to the words of the field.
  if (issue.code === 'custom' && issue.message !== notAsDescribed) return { path, message: issue.message };
  if (issue.code === 'invalid_key') return { path, message: `the key is not ${wordsOfKey(schema, path)}` };
  const at = schemaAt(schema, path);
  const { words, confidential, refused } = at ? peel(at) : somethingElse;
  const value = valueAt(tree, path);
  const reason = typeof value === 'string' ? refused.get(value) : undefined;
  if (reason !== undefined) return { path, message: `${value} is not accepted: ${reason}` };
  if (value === undefined) return { path, message: `is missing: ${words}` };
  return { path, message: confidential ? `expected ${words}` : `expected ${words}; got ${shownValue(value, words)}` };
}

const somethingElse = { words: 'something else', confidential: false, refused: new Map<string, string>() };

function wordsOfKey(schema: z.ZodType, path: Path): string {
  const record = schemaAt(schema, path.slice(0, -1));
  const core = record && peel(record).core;
  return core && 'keyType' in core ? peel(core.keyType as z.ZodType).words : 'an identifier';
}

function shownValue(value: unknown, words: string): string {
  if (Array.isArray(value)) return 'a list';
  if (isValueMap(value)) return 'a section';
  const shown = JSON.stringify(value).slice(0, 80);
  return typeof value === 'number' && words === 'text' ? `the number ${shown}: put it in quotes` : shown;
}
