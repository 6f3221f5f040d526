import { describe, expect, it } from '@jest/globals';
import { lastDaily, nextDaily, parseSchedule } from '../../../src/core/leases/schedule.ts';

const hour = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();

describe('parseSchedule', () => {
  it.each([
    ['every 5m', { kind: 'every', pause: 300_000 }],
    ['every 1s', { kind: 'every', pause: 1_000 }],
    ['daily 00:00', { kind: 'daily', timeOfDay: 0 }],
    ['daily 23:59', { kind: 'daily', timeOfDay: 23 * hour + 59 * 60_000 }],
    [' daily  03:10 ', { kind: 'daily', timeOfDay: 3 * hour + 10 * 60_000 }],
  ])('reads %s', (text, schedule) => {
    expect(parseSchedule(text)).toEqual(schedule);
  });

  it.each([
    '',
    'every',
    'every 0s',
    'every 5',
    'hourly',
    'daily',
    'daily 24:00',
    'daily 3:10',
    'daily 03:60',
    'daily 5m',
    'every 03:10',
    'every 5m 5m',
  ])('refuses "%s"', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});

describe('a time of day', () => {
  it('lies before and after now, and is reached at its very instant', () => {
    const due = Date.parse('2026-04-10T03:10:00+09:00');
    const timeOfDay = 3 * hour + 600_000;
    expect(lastDaily(timeOfDay, 'Asia/Tokyo', due)).toBe(due);
    expect(lastDaily(timeOfDay, 'Asia/Tokyo', due - 1)).toBe(due - 24 * hour);
    expect(nextDaily(timeOfDay, 'Asia/Tokyo', due - 1)).toBe(due);
    expect(nextDaily(timeOfDay, 'Asia/Tokyo', due)).toBe(due + 24 * hour);
  });

  it('is the time that clocks there show, also on the days on which they change', () => {
    const due = (now: string) => iso(nextDaily(4 * hour, 'Europe/Berlin', Date.parse(now)));
    expect(due('2026-03-28T12:00:00Z')).toBe('2026-03-29T02:00:00.000Z');
    expect(due('2026-10-24T12:00:00Z')).toBe('2026-10-25T03:00:00.000Z');
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo'])(
    'comes once on every day of a year in %s, also where a day skips it or has it twice',
    (timeZone) => {
      const [first, end] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2027-01-01T00:00:00Z')];
      const gaps: number[] = [];
      let due = nextDaily(2.5 * hour, timeZone, first);
      while (due < end) {
        expect(lastDaily(2.5 * hour, timeZone, due)).toBe(due);
        const next = nextDaily(2.5 * hour, timeZone, due);
        gaps.push(next - due);
        due = next;
      }
      expect(gaps).toHaveLength(365);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(23 * hour);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(25 * hour);
    },
  );
});
