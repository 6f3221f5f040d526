import { describe, expect, it } from '@jest/globals';
import { isAtLeast, isStronger, type Level, type LevelOrder, levels } from '../../../src/core/credentials/level.ts';
import { sampleOrder as order } from '../sample-order.ts';

describe('the order of the levels', () => {
  const stronger: readonly (readonly [Level, Level])[] = [
    ['sfa', 'password'],
    ['mfa', 'password'],
    ['mfa', 'sfa'],
    ['aal2', 'password'],
    ['aal2', 'sfa'],
    ['aal2', 'mfa'],
    ['phishing-resistant', 'password'],
    ['phishing-resistant', 'sfa'],
    ['phishing-resistant', 'mfa'],
  ];

  it('goes along the pairs, however many lie between, and never back or across', () => {
    const found = levels.flatMap((one) =>
      levels.filter((other) => isStronger(order, one, other)).map((other) => [one, other]),
    );
    expect(found).toEqual(stronger);
  });

  it.each(levels)('puts %s at least as high as itself, and no higher', (level) => {
    expect(isAtLeast(order, level, level)).toBe(true);
    expect(isStronger(order, level, level)).toBe(false);
  });

  it('knows nothing without pairs', () => {
    const none: LevelOrder = [];
    expect(isStronger(none, 'aal2', 'password')).toBe(false);
    expect(isAtLeast(none, 'aal2', 'password')).toBe(false);
  });
});
