/**
 * Makes the shades of one accent colour that can be read in light and in dark, and refuses an accent from which none
 * can be made without its becoming another colour. The page colours stand here and nowhere else, because every shade
 * is judged against them.
 */
import { black, type Colour, contrastOf, formatColour, mix, parseColour, white } from './contrast.ts';

export type AccentVerdict =
  | { readonly ok: true; readonly css: string }
  | { readonly ok: false; readonly reason: 'no_colour' }
  | { readonly ok: false; readonly reason: 'too_light'; readonly contrast: number; readonly suggestion: string };

export interface Scheme {
  readonly page: Colour;
  readonly surface: Colour;
  /** A tint behind marked things. */
  readonly soft: Colour;
  /** Links, headings' marks and the focus ring. */
  readonly text: Colour;
  /** The primary button. */
  readonly fill: Colour;
  readonly fillHover: Colour;
  readonly onFill: Colour;
}

/** WCAG 2.2: 4.5 for text (1.4.3), 3 for what marks a control (1.4.11). */
const readable = 4.5;
const visible = 3;
/** On dark, thin letters glow; a little more than the least reads better. */
const comfortable = 6.5;

export function judgeAccent(hex: string): AccentVerdict {
  const accent = parseColour(hex);
  if (!accent) return { ok: false, reason: 'no_colour' };
  const contrast = contrastOf(accent, white);
  if (contrast < visible) {
    // Darkened until it can be seen on white, such an accent is no longer the colour that was chosen.
    const suggestion = formatColour(towards(accent, black, (shade) => contrastOf(shade, white) >= readable));
    return { ok: false, reason: 'too_light', contrast: Math.floor(contrast * 10) / 10, suggestion };
  }
  const light = declarations(lightScheme(accent));
  const dark = declarations(darkScheme(accent));
  return { ok: true, css: `:root{${light}}\n@media (prefers-color-scheme:dark){:root{${dark}}}\n` };
}

export function lightScheme(accent: Colour): Scheme {
  const page: Colour = [245, 246, 248];
  const soft = mix(accent, white, 0.92);
  const text = towards(accent, black, (shade) => [page, soft].every((under) => contrastOf(shade, under) >= readable));
  const fill = towards(accent, black, (shade) => contrastOf(shade, white) >= readable);
  return { page, surface: white, soft, text, fill, fillHover: mix(fill, black, 0.22), onFill: white };
}

export function darkScheme(accent: Colour): Scheme {
  const page: Colour = [22, 24, 28];
  const surface: Colour = [32, 35, 41];
  const soft = mix(surface, accent, 0.18);
  const text = towards(accent, white, (shade) =>
    [surface, soft].every((under) => contrastOf(shade, under) >= comfortable),
  );
  // A button that is seen on the dark surface and carries white letters: the window between the two is narrow but never shut.
  const lifted = towards(accent, white, (shade) => contrastOf(shade, surface) >= visible);
  const fill = towards(lifted, black, (shade) => contrastOf(shade, white) >= readable);
  return { page, surface, soft, text, fill, fillHover: mix(fill, black, 0.15), onFill: white };
}

/** The first shade on the way from `colour` to `end` that is `good`; `end` when none is. */
function towards(colour: Colour, end: Colour, good: (shade: Colour) => boolean): Colour {
  for (let step = 0; step <= 200; step += 1) {
    const shade = mix(colour, end, step / 200);
    if (good(shade)) return shade;
  }
  return end;
}

function declarations(scheme: Scheme): string {
  const values: Record<string, Colour> = {
    page: scheme.page,
    surface: scheme.surface,
    'brand-soft': scheme.soft,
    'brand-text': scheme.text,
    'brand-fill': scheme.fill,
    'brand-fill-hover': scheme.fillHover,
    'brand-on-fill': scheme.onFill,
    'focus-ring': scheme.text,
  };
  return Object.entries(values)
    .map(([name, colour]) => `--${name}:${formatColour(colour)}`)
    .join(';');
}
