import { describe, expect, it } from '@jest/globals';
import { drawAt } from '../../../src/demo/crowd/draw.ts';

describe('drawAt', () => {
  it('repeats itself for the same seed and place, and for no other', () => {
    const first = (seed: string, place: string) => {
      const draw = drawAt(seed, place);
      return Array.from({ length: 8 }, () => draw.below(1_000));
    };
    expect(first('a', 'person/1')).toEqual(first('a', 'person/1'));
    expect(first('a', 'person/1')).not.toEqual(first('a', 'person/2'));
    expect(first('a', 'person/1')).not.toEqual(first('b', 'person/1'));
  });

  it('draws each value about as often as the others', () => {
    const counts = [0, 0, 0, 0];
    for (let place = 0; place < 4_000; place += 1) {
      const value = drawAt('seed', `${place}`).below(4);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
