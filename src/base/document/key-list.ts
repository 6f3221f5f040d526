/** Every key of a document in the order of its schema: the material of the manual and of suggestions. */
import { z } from 'zod';
import { type Peeled, peel } from './peel.ts';

export interface KeyEntry extends Peeled {
  /** The keys on the way; `<id>` stands for any identifier. */
  readonly steps: readonly string[];
  /** `accounts.kinds.<id>.desk`, `assurance.levels[].acr`. */
  readonly path: string;
  /** It holds keys of its own. */
  readonly isSection: boolean;
  /** It lies in a section or part that need not be there: "required" then means "where that is". */
  readonly conditional: boolean;
}

/** Sections come before their keys. The top itself is not listed. */
export function listKeys(schema: z.ZodType): readonly KeyEntry[] {
  const { core } = peel(schema);
  return core instanceof z.ZodObject ? entriesOf(core, [], false) : [];
}

function entriesOf(section: z.ZodObject, above: readonly string[], conditional: boolean): readonly KeyEntry[] {
  return Object.entries(section.shape).flatMap(([key, child]) =>
    entriesAt(child as z.ZodType, [...above, key], conditional),
  );
}

function entriesAt(schema: z.ZodType, steps: readonly string[], conditional: boolean): readonly KeyEntry[] {
  const peeled = peel(schema);
  const { core } = peeled;
  const isSection = core instanceof z.ZodObject || core instanceof z.ZodRecord;
  const entry = { ...peeled, steps, conditional, isSection, path: steps.join('.').replaceAll('.[]', '[]') };
  if (core instanceof z.ZodObject) return [entry, ...entriesOf(core, steps, conditional || peeled.optional)];
  if (core instanceof z.ZodRecord) {
    const part = peel(core.valueType as z.ZodType).core;
    return [entry, ...(part instanceof z.ZodObject ? entriesOf(part, [...steps, '<id>'], true) : [])];
  }
  const item = core instanceof z.ZodArray ? peel(core.element as z.ZodType).core : undefined;
  const below = item instanceof z.ZodObject ? entriesOf(item, [...steps, '[]'], true) : [];
  return [entry, ...below];
}
