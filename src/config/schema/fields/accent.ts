/** The installation's one colour. White text stands on it, so a colour too light to read that on is refused. */
import { z } from 'zod';
import { notAsDescribed } from '../../../base/document/fields/not-as-described.ts';

/** Relative luminance, WCAG 2.2. */
function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, 1.4.3 asks 4.5 of ordinary text. */
const leastContrast = 4.5;

export const accent = () =>
  z
    .string()
    .superRefine((text, context) => {
      if (!/^#[0-9a-f]{6}$/i.test(text)) return context.addIssue(notAsDescribed);
      const contrast = 1.05 / (luminanceOf(text) + 0.05);
      if (contrast >= leastContrast) return;
      context.addIssue(
        `too light: white text on it has a contrast of ${contrast.toFixed(1)} to 1, and ${leastContrast} is needed`,
      );
    })
    .meta({ words: 'a colour in hexadecimal such as #0017C1, dark enough for white text (put it in quotes)' });
