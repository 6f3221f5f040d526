import { describe, expect, it } from '@jest/globals';
import { days, hours, minutes, parseDuration } from '../../src/base/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['10m', 600_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['0s', 0],
    [' 5m ', 300_000],
  ])('reads %j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '10', 'm', '-1m', '1.5h', '1M', '10 m', '1h30m', '1234567s', '1w'])(
    'finds no duration in %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});

describe('minutes, hours, days', () => {
  it('agree with what people write', () => {
    expect([minutes(3), hours(3), days(3)]).toEqual([parseDuration('3m'), parseDuration('3h'), parseDuration('3d')]);
  });
});
