/** Colours as three channels of 0 to 255, and how well one is read on another (WCAG 2.2, relative luminance). */

export type Colour = readonly [red: number, green: number, blue: number];

export const white: Colour = [255, 255, 255];
export const black: Colour = [0, 0, 0];

/** `#1b3f8b`, in either case; undefined for anything else. */
export function parseColour(hex: string): Colour | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  return match ? [channel(match[1]), channel(match[2]), channel(match[3])] : undefined;
}

const channel = (digits: string | undefined): number => Number.parseInt(digits ?? '', 16);

export const formatColour = (colour: Colour): string =>
  `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;

/** From 1 (the same) to 21 (black on white). */
export function contrastOf(one: Colour, other: Colour): number {
  const [dark, light] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of `other` in `colour`, 0 to 1. */
export const mix = (colour: Colour, other: Colour, share: number): Colour => [
  Math.round(colour[0] + (other[0] - colour[0]) * share),
  Math.round(colour[1] + (other[1] - colour[1]) * share),
  Math.round(colour[2] + (other[2] - colour[2]) * share),
];

function luminanceOf([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

const linear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
