import { describe, expect, it } from '@jest/globals';
import { parseWhen } from '../../src/cli/when-option.ts';

const iso = (text: string, timeZone = 'Asia/Tokyo') => {
  const { from, below } = parseWhen(text)(timeZone);
  return [new Date(from).toISOString(), new Date(below).toISOString()];
};

describe('a time on the command line', () => {
  it.each([
    ['a day is all of it, in Japan', '2026-04-10', '2026-04-09T15:00:00.000Z', '2026-04-10T15:00:00.000Z'],
    ['a minute is all of it', '2026-04-10T17:00', '2026-04-10T08:00:00.000Z', '2026-04-10T08:01:00.000Z'],
    ['a second is all of it', '2026-04-10T17:00:30', '2026-04-10T08:00:30.000Z', '2026-04-10T08:00:31.000Z'],
    ['UTC is taken', '2026-04-10T08:00Z', '2026-04-10T08:00:00.000Z', '2026-04-10T08:01:00.000Z'],
    ['an offset is taken', '2026-04-10T08:00-05:00', '2026-04-10T13:00:00.000Z', '2026-04-10T13:01:00.000Z'],
  ])('%s: %s', (_, text, from, below) => {
    expect(iso(text)).toEqual([from, below]);
  });

  it.each([
    ['a day of 23 hours', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['before clocks go forward', '2026-03-29T01:30', '2026-03-29T00:30:00.000Z', '2026-03-29T00:31:00.000Z'],
    ['after clocks went forward', '2026-03-29T03:30', '2026-03-29T01:30:00.000Z', '2026-03-29T01:31:00.000Z'],
  ])('is meant by the clocks of the university, %s: %s', (_, text, from, below) => {
    expect(iso(text, 'Europe/Vienna')).toEqual([from, below]);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-04-10T24:00', '2026-04-10T17', '2026-04-10T17:00+99:99', '10/4/2026'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseWhen(text)).toThrow('Expected a day or a time');
    },
  );
});
