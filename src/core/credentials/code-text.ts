/** Codes of digits as people give them. */

/** What a pasted code brings along: spaces, hyphens as keyboards and input methods give them, what cannot be seen. */
const between = /[\s\p{Pd}\p{Cf}ー−・.]/gu;
const longestTyped = 100;

/** The digits alone, also of full-width ones; undefined where it cannot be a code of this length. */
export function readDigits(typed: string, length: number): string | undefined {
  const digits = typed.slice(0, longestTyped).normalize('NFKC').replace(between, '');
  return digits.length === length && /^[0-9]+$/.test(digits) ? digits : undefined;
}
