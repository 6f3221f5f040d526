import { describe, expect, it } from '@jest/globals';
import { parseWhen } from '../../src/cli/when-option.ts';

const iso = (text: string) => {
  const { from, below } = parseWhen(text);
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

  it.each(['', 'yesterday', '2026-02-30', '2026-04-10T24:00', '2026-04-10T17', '2026-04-10T17:00+99:99', '10/4/2026'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseWhen(text)).toThrow('Expected a day or a time');
    },
  );
});
