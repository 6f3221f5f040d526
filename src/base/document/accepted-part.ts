/**
 * What of a refused document is right by itself. The rules judge that much too, so that one run tells everything and
 * nobody mends a file only to be shown the next problem. No default fills a refused value's place: a rule would judge
 * something that nobody wrote.
 */
import { z } from 'zod';
import { peel } from './peel.ts';
import { isValueMap } from './value-tree.ts';

export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partly<T[Key]> | undefined }
    : T;

export function acceptedPart(schema: z.ZodType, value: unknown): unknown {
  const { core } = peel(schema);
  if (core instanceof z.ZodObject && isValueMap(value)) {
    const entries = Object.entries(core.shape).map(([key, child]) => [
      key,
      acceptedPart(child as z.ZodType, Object.hasOwn(value, key) ? value[key] : undefined),
    ]);
    return Object.fromEntries(entries);
  }
  if (core instanceof z.ZodRecord && isValueMap(value)) {
    const keyType = core.keyType as z.ZodType;
    const entries = Object.entries(value)
      .filter(([key]) => keyType.safeParse(key).success)
      .map(([key, item]) => [key, acceptedPart(core.valueType as z.ZodType, item)]);
    return Object.fromEntries(entries);
  }
  if (core instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => acceptedPart(core.element as z.ZodType, item));
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
