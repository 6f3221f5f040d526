import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { darkScheme, judgeAccent, lightScheme, type Scheme } from '../../src/web/brand.ts';
import { type Colour, contrastOf, formatColour, parseColour, white } from '../../src/web/contrast.ts';

const anyAccent = fc.tuple(channel(), channel(), channel()).filter((accent) => contrastOf(accent, white) >= 3);

function channel() {
  return fc.integer({ min: 0, max: 255 });
}

function expectReadable(scheme: Scheme): void {
  for (const under of [scheme.page, scheme.surface, scheme.soft]) {
    expect(contrastOf(scheme.text, under)).toBeGreaterThanOrEqual(4.5);
  }
  for (const fill of [scheme.fill, scheme.fillHover]) {
    expect(contrastOf(scheme.onFill, fill)).toBeGreaterThanOrEqual(4.5);
  }
}

describe('the shades of an accent', () => {
  it('can be read whatever accent is accepted, in light', () => {
    fc.assert(fc.property(anyAccent, (accent: Colour) => expectReadable(lightScheme(accent))));
  });

  it('can be read whatever accent is accepted, in dark', () => {
    fc.assert(fc.property(anyAccent, (accent: Colour) => expectReadable(darkScheme(accent))));
  });

  it('let the button be seen on the surface, in light and in dark', () => {
    const onSurface = (scheme: Scheme): number => contrastOf(scheme.fill, scheme.surface);
    fc.assert(
      fc.property(anyAccent, (accent: Colour) => {
        expect(onSurface(lightScheme(accent))).toBeGreaterThanOrEqual(3);
        expect(onSurface(darkScheme(accent))).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  it('leave a dark enough accent as it is on the button', () => {
    expect(judgeAccent('#1B3F8B')).toMatchObject({ ok: true, css: expect.stringContaining('--brand-fill:#1b3f8b') });
  });
});

describe('an accent', () => {
  it('is refused when it is too light, with a shade that would do', () => {
    const verdict = judgeAccent('#ffcc00');
    expect(verdict).toMatchObject({ ok: false, reason: 'too_light', contrast: 1.5 });
    const suggestion = verdict.ok || verdict.reason !== 'too_light' ? '' : verdict.suggestion;
    expect(judgeAccent(suggestion).ok).toBe(true);
  });

  it.each(['blue', '#12', '#12345g', '', '#1b3f8b}body{display:none'])(
    'is refused when it is no colour: "%s"',
    (text) => {
      expect(judgeAccent(text)).toEqual({ ok: false, reason: 'no_colour' });
    },
  );
});

describe('contrast', () => {
  it('is what WCAG gives for known pairs', () => {
    expect(contrastOf(white, [0, 0, 0])).toBeCloseTo(21, 5);
    expect(contrastOf(white, parseColour('#767676') as Colour)).toBeCloseTo(4.54, 2);
  });

  it('is of colours that read back as written', () => {
    expect(formatColour(parseColour('#0a1B2c') as Colour)).toBe('#0a1b2c');
  });
});
