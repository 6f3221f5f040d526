import { describe, expect, it } from '@jest/globals';
import { boundsOf, isBefore, monthAfter, monthOf, readMonth, writeMonth } from '../../src/web/calendar-month.ts';

describe('a month in an address', () => {
  it.each(['2026-04', '2000-12'])('is read and written alike: %s', (text) => {
    const month = readMonth(text);
    expect(month && writeMonth(month)).toBe(text);
  });

  it.each(['2026-13', '2026-00', '1999-01', '2026-4', '2026-04-01', '', undefined, ['2026-04']])(
    'is not %p',
    (text) => {
      expect(readMonth(text)).toBeUndefined();
    },
  );

  it('has neighbours across the year', () => {
    expect(monthAfter({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(monthAfter({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
    expect(isBefore({ year: 2025, month: 12 }, { year: 2026, month: 1 })).toBe(true);
  });

  it('begins and ends at midnight where the university is', () => {
    const { from, below } = boundsOf({ year: 2026, month: 4 }, 'Asia/Tokyo');
    expect(new Date(from).toISOString()).toBe('2026-03-31T15:00:00.000Z');
    expect(new Date(below).toISOString()).toBe('2026-04-30T15:00:00.000Z');
    expect(monthOf(from, 'Asia/Tokyo')).toEqual({ year: 2026, month: 4 });
    expect(monthOf(from - 1, 'Asia/Tokyo')).toEqual({ year: 2026, month: 3 });
  });
});
