/**
 * Reads a zod schema as a description: what is inside the wrappers (optional, default, transformed), what it is in words,
 * and what lies below it. The check, the environment and the manual share this one reading.
 */
import { z } from 'zod';
import type { Path } from './problem.ts';

export interface Peeled {
  /** The schema that the author's value meets first. */
  readonly core: z.ZodType;
  readonly optional: boolean;
  /** The default in the form in which an author would write it; undefined when there is none. */
  readonly fallback: unknown;
  readonly words: string;
  readonly meaning: string;
  /** The value must not be repeated in a message. */
  readonly confidential: boolean;
  /** Why keys (of a section) or values (of a choice) that people will try are not there. */
  readonly refused: ReadonlyMap<string, string>;
}

export function peel(schema: z.ZodType): Peeled {
  let core = schema;
  let optional = false;
  let fallback: unknown;
  let meta: Record<string, unknown> = {};
  for (;;) {
    // The outermost words win: a wrapper is described later, and closer to its use, than what it wraps.
    meta = { ...core.meta(), ...meta };
    if (core instanceof z.ZodPrefault) fallback = core.def.defaultValue;
    if (core instanceof z.ZodExactOptional) optional = true;
    const inner = wrappedBy(core);
    if (inner === undefined) break;
    core = inner;
  }
  return {
    core,
    optional,
    fallback,
    words: typeof meta.words === 'string' ? meta.words : wordsOf(core),
    meaning: typeof meta.description === 'string' ? meta.description : '',
    confidential: meta.confidential === true,
    refused: new Map(Object.entries(meta.refused ?? {})),
  };
}

function wrappedBy(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional) return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodPipe) return schema.in as z.ZodType;
  return undefined;
}

function wordsOf(core: z.ZodType): string {
  if (core instanceof z.ZodEnum) return `one of ${core.options.join(', ')}`;
  if (core instanceof z.ZodBoolean) return 'true or false';
  if (core instanceof z.ZodNumber) return `a whole number from ${core.minValue} to ${core.maxValue}`;
  if (core instanceof z.ZodArray) return `a list, each ${peel(core.element as z.ZodType).words}`;
  if (core instanceof z.ZodRecord) return 'a section with one part for each identifier';
  if (core instanceof z.ZodObject) return 'a section';
  return 'text';
}

/** The keys that a section may hold; undefined when the schema is no section with fixed keys. */
export function fixedKeysOf(schema: z.ZodType): readonly string[] | undefined {
  const { core } = peel(schema);
  return core instanceof z.ZodObject ? Object.keys(core.shape) : undefined;
}

/** What is expected at `key` below `schema`; undefined where nothing may stand. */
export function childOf(schema: z.ZodType, key: string | number): z.ZodType | undefined {
  const { core } = peel(schema);
  if (core instanceof z.ZodArray) return core.element as z.ZodType;
  if (core instanceof z.ZodRecord) return core.valueType as z.ZodType;
  if (core instanceof z.ZodObject && Object.hasOwn(core.shape, key)) return core.shape[key] as z.ZodType;
  return undefined;
}

export function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((at, key) => (at ? childOf(at, key) : undefined), schema);
}
