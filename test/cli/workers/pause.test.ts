import { describe, expect, it } from '@jest/globals';
import { nextPause } from '../../../src/cli/workers/pause.ts';

describe('the pause after a death', () => {
  it('is none after a long life', () => {
    expect(nextPause(0, 60_000)).toBe(0);
    expect(nextPause(30_000, 60_000)).toBe(0);
  });

  it('grows with short lives, to half a minute', () => {
    const pauses = [0];
    while (pauses.length < 9) pauses.push(nextPause(pauses.at(-1) ?? 0, 59_999));
    expect(pauses).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });
});
