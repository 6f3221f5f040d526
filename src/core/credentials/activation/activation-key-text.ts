/**
 * An activation key as it stands on paper: five groups of four symbols, the last of which checks the others, so that a
 * slip of the finger is told from a wrong key without asking the store. 19 random ones are 19 × log2(23) = 85.9 bits.
 */
import type { Ids } from '../../../base/ids.ts';
import { printedSymbols, randomSymbols, readSymbols, symbols, symbolText } from '../symbol-text.ts';

const randomCount = 19;

/** 23 is prime and the weights 20 to 1 differ: one wrong symbol, or two that changed places, never go unnoticed. */
const weighted = (values: readonly number[]): number =>
  values.reduce((sum, value, at) => sum + (randomCount + 1 - at) * value, 0) % symbols.length;

/** In canonical form, without its hyphens. */
export function newActivationKey(ids: Ids): string {
  const values = randomSymbols(ids, randomCount);
  return symbolText([...values, (symbols.length - weighted(values)) % symbols.length]);
}

/** `2C4D-…`: how people are shown it. */
export const printedActivationKey = printedSymbols;

/** The canonical form of what was typed, or undefined when it cannot be any key. */
export function readActivationKey(typed: string): string | undefined {
  const key = readSymbols(typed, randomCount + 1);
  const isKey = key !== undefined && weighted([...key].map((symbol) => symbols.indexOf(symbol))) === 0;
  return isKey ? key : undefined;
}
