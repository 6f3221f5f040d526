/** The name that its owner gives a factor, to tell it from others of the kind. */

const longestTyped = 400;
const longestName = 40;
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

const blanks = /[\s\p{Cc}]+/gu;
/** What turns a line around or cannot be seen; the joiner of emoji stays. */
const unseen = /(?!\u200d)[\p{Cf}\p{Cs}]/gu;

/** The first that is not blank, at a length that fits a line. */
export const factorName = (...offered: readonly string[]): string => offered.map(readable).find(Boolean) ?? '';

function readable(text: string): string {
  const plain = text.slice(0, longestTyped).normalize('NFC').replace(unseen, '').replace(blanks, ' ').trim();
  const letters = [...graphemes.segment(plain)].slice(0, longestName);
  return letters
    .map(({ segment }) => segment)
    .join('')
    .trim();
}
