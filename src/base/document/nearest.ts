/** The word that somebody probably meant. */
import { distance } from 'fastest-levenshtein';

/** The nearest candidate, when so little differs that it is likely a slip; letter case does not count. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, apart: slipsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ apart }) => apart <= Math.max(1, Math.floor(word.length / 3)))
    .sort((left, right) => left.apart - right.apart);
  return ranked[0]?.candidate;
}

/** The same letters in another order are one slip, whatever their distance. */
const slipsBetween = (left: string, right: string): number =>
  left !== right && lettersOf(left) === lettersOf(right) ? 1 : distance(left, right);

const lettersOf = (word: string): string => [...word].sort().join('');
