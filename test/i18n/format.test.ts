import { describe, expect, it } from '@jest/globals';
import { formatCount, formatDate, formatDateTime, formatRecent, formatWait } from '../../src/i18n/format.ts';

const aprilEvening = Date.UTC(2026, 3, 10, 8, 0);

describe('dates', () => {
  it('are written as a Japanese office and an English reader write them', () => {
    expect(formatDateTime(aprilEvening, 'ja', 'Asia/Tokyo')).toBe('2026年4月10日(金)17:00');
    expect(formatDateTime(aprilEvening, 'en', 'Asia/Tokyo')).toBe('Fri 10 April 2026, 17:00');
  });

  it('are those of the given time zone', () => {
    const justPastMidnight = Date.UTC(2025, 11, 31, 15, 5);
    expect(formatDateTime(justPastMidnight, 'ja', 'Asia/Tokyo')).toBe('2026年1月1日(木)0:05');
    expect(formatDate(justPastMidnight, 'en', 'UTC')).toBe('Wed 31 December 2025');
  });
});

describe('dates of late', () => {
  const now = Date.UTC(2026, 3, 10, 15, 5);
  it.each([
    [0, '今日 0:05', 'Today, 0:05'],
    [-5, '今日 0:00', 'Today, 0:00'],
    [-6, '昨日 23:59', 'Yesterday, 23:59'],
    [-5 - 24 * 60, '昨日 0:00', 'Yesterday, 0:00'],
    [-6 - 24 * 60, '2026年4月9日(木)23:59', 'Thu 9 April 2026, 23:59'],
    [24 * 60, '2026年4月12日(日)0:05', 'Sun 12 April 2026, 0:05'],
  ])('of %i minutes from now are told by the calendar', (minutes, ja, en) => {
    const at = now + minutes * 60_000;
    expect([formatRecent(at, now, 'ja', 'Asia/Tokyo'), formatRecent(at, now, 'en', 'Asia/Tokyo')]).toEqual([ja, en]);
  });

  it('hold on the days on which clocks are changed', () => {
    const evening = Date.UTC(2026, 2, 29, 21, 30);
    expect(formatRecent(evening - 23.5 * 3_600_000, evening, 'en', 'Europe/Berlin')).toBe('Yesterday, 23:00');
  });
});

describe('numbers', () => {
  it('are grouped by thousands', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });
});

describe('waits', () => {
  it.each([
    [0, '1秒', '1 second'],
    [59, '59秒', '59 seconds'],
    [60, '1分', '1 minute'],
    [61, '2分', '2 minutes'],
    [5_400, '90分', '90 minutes'],
    [5_401, '2時間', '2 hours'],
    [43_200, '12時間', '12 hours'],
  ])('of %i seconds are never told shorter than they are', (seconds, ja, en) => {
    expect([formatWait(seconds, 'ja'), formatWait(seconds, 'en')]).toEqual([ja, en]);
  });
});
