import { describe, expect, it } from '@jest/globals';
import { type Counted, withTold } from '../../src/web/told-cookie.ts';

/** At each of these times, one after the other; `value` is what the browser holds before. */
function told(times: readonly (readonly [id: string, at: number])[], value?: string): Counted {
  return times.reduce<Counted>((held, [id, at]) => withTold(held.value, id, at, 30_000), {
    value: value ?? '',
    count: 0,
  });
}

describe('the cookie of statuses told', () => {
  it('counts each service for itself', () => {
    const first = [
      ['kumoi', 1],
      ['other', 2],
      ['kumoi', 3],
    ] as const;
    expect(told(first).count).toBe(2);
    expect(told([...first, ['other', 4]]).count).toBe(2);
  });

  it('begins anew once the time from the first is over', () => {
    expect(
      told([
        ['kumoi', 0],
        ['kumoi', 29_999],
      ]).count,
    ).toBe(2);
    expect(
      told([
        ['kumoi', 0],
        ['kumoi', 29_999],
        ['kumoi', 30_000],
      ]).count,
    ).toBe(1);
  });

  it('forgets what a clock that was ahead wrote', () => {
    expect(
      told([
        ['kumoi', 90_000],
        ['kumoi', 1],
      ]).count,
    ).toBe(1);
  });

  it('goes on where the clocks of two nodes in turn differ by a minute', () => {
    const toAndFro = Array.from({ length: 6 }, (_none, at) => ['kumoi', (at % 2) * 60_000 + at] as const);
    expect(told(toAndFro).count).toBe(5);
  });

  it('remembers no more than four services', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((id, at) => [id, at] as const);
    expect(told([...many, ['e', 9]]).count).toBe(2);
    expect(told([...many, ['a', 9]]).count).toBe(1);
  });

  it.each(['', '!', 'kumoi', 'kumoi~~1', 'kumoi~x~1', 'kumoi~1', '~1~1', `kumoi~${'9'.repeat(400)}~1`])(
    'takes what is none of it for nothing: %j',
    (value) => {
      expect(told([['kumoi', 5]], value)).toEqual({ value: 'kumoi~1~5', count: 1 });
    },
  );
});
