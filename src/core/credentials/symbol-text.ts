/**
 * Codes of symbols, as they stand on paper and are read out over a counter.
 *
 * 23 symbols: no vowels, which spell words, and one at most of those that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B,
 * U V Y): 4.52 bits each.
 */
import type { Ids } from '../../base/ids.ts';

export const symbols = '23456789CDFHJKMNPQRTWXY';
/** Bytes below it are shared out evenly among the symbols: 11 times 23. */
const evenBytes = 253;
const groups = /.{4}(?=.)/g;

/** Places in `symbols`, each as likely as any other. */
export function randomSymbols(ids: Ids, count: number): readonly number[] {
  const values: number[] = [];
  while (values.length < count) {
    const even = [...ids.bytes(count)].filter((byte) => byte < evenBytes);
    values.push(...even.slice(0, count - values.length).map((byte) => byte % symbols.length));
  }
  return values;
}

/** In canonical form. */
export const symbolText = (values: readonly number[]): string => values.map((value) => symbols.charAt(value)).join('');

/** `2C4D-…`: how people are shown it. */
export const printedSymbols = (text: string): string => text.replace(groups, '$&-');

/** Hyphens as keyboards and input methods give them (ー among them), spaces, and what cannot be seen. */
const between = /[\s\p{Pd}\p{Cf}ー−_・.]/gu;
const longestTyped = 200;

/** The canonical form of what was typed, or undefined where it cannot be a code of so many symbols. */
export function readSymbols(typed: string, count: number): string | undefined {
  const text = typed.slice(0, longestTyped).normalize('NFKC').replace(between, '').toUpperCase();
  return text.length === count && [...text].every((symbol) => symbols.includes(symbol)) ? text : undefined;
}
