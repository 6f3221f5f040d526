/** A text with its web addresses apart, so that a page can make links of them. */

export interface TextPiece {
  readonly text: string;
  readonly isLink: boolean;
}

/** Up to a space or what ends a sentence around an address in either language. */
const address = /(https?:\/\/[^\s<>"'、。)」]+)/;

export const textPieces = (text: string): readonly TextPiece[] =>
  text
    .split(address)
    .map((piece, place) => ({ text: piece, isLink: place % 2 === 1 }))
    .filter(({ text: piece }) => piece !== '');
