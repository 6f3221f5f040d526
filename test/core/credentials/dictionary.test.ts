import { describe, expect, it } from '@jest/globals';
import { guessedWithin } from '../../../src/core/credentials/dictionary.ts';

describe('guessedWithin', () => {
  it('answers many questions at once, each its own', async () => {
    const [known, unknown, japanese, again] = await Promise.all([
      guessedWithin('password'),
      guessedWithin('qxvzkwjpmrtd'),
      guessedWithin('sakura'),
      guessedWithin('password'),
    ]);
    expect(known).toBeLessThan(2);
    expect(unknown).toBeCloseTo(12);
    expect(japanese).toBeLessThan(4);
    expect(again).toBe(known);
  });
});
