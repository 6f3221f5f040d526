/** Every key of the configuration in the order of the schema: the material of the manual and of suggestions. */
import { z } from 'zod';
import { settingPrefix } from './environment.ts';
import { type Peeled, peel } from './peel.ts';

export interface KeyEntry extends Peeled {
  /** The keys on the way; `<id>` stands for any identifier. */
  readonly steps: readonly string[];
  /** `accounts.kinds.<id>.desk`, `assurance.levels[].acr`. */
  readonly path: string;
  /** The variable that sets it; undefined for sections and for what lies inside a list. */
  readonly variable?: string;
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
  const entry = { ...peeled, steps, conditional, path: steps.join('.').replaceAll('.[]', '[]') };
  if (core instanceof z.ZodObject) return [entry, ...entriesOf(core, steps, conditional || peeled.optional)];
  if (core instanceof z.ZodRecord) {
    const part = peel(core.valueType as z.ZodType).core;
    return [entry, ...(part instanceof z.ZodObject ? entriesOf(part, [...steps, '<id>'], true) : [])];
  }
  const item = core instanceof z.ZodArray ? peel(core.element as z.ZodType).core : undefined;
  const below = item instanceof z.ZodObject ? entriesOf(item, [...steps, '[]'], true) : [];
  return [steps.includes('[]') ? entry : { ...entry, variable: variableOf(steps) }, ...below];
}

const variableOf = (steps: readonly string[]): string =>
  settingPrefix + steps.map((step) => (step === '<id>' ? step : step.toUpperCase())).join('__');
