/** Days as people write them (YYYY-MM-DD) and the instants at which they begin in a time zone. */
import type { Instant } from './clock.ts';
import { days } from './duration.ts';

/** Whether the text is a day that exists: 2026-02-30 does not. */
export function isCalendarDay(text: string): boolean {
  const start = utcStart(text);
  return start !== undefined && new Date(start).toISOString().startsWith(text);
}

/** The first instant of the day in `timeZone` (IANA, such as Asia/Tokyo). For a day that `isCalendarDay` accepts. */
export function startOfDay(day: string, timeZone: string): Instant {
  return instantOf(utcStart(day) ?? Number.NaN, timeZone);
}

/** When clocks in `timeZone` show what clocks in UTC show at `asUtc`. */
export function instantOf(asUtc: Instant, timeZone: string): Instant {
  // Twice, because the offset that holds at that time in UTC may not be the one that holds when it comes there.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** The first instant after the day: where a last day is inclusive, the end that is stored is exclusive. */
export function endOfDay(day: string, timeZone: string): Instant {
  const next = new Date((utcStart(day) ?? Number.NaN) + days(1)).toISOString().slice(0, 10);
  return startOfDay(next, timeZone);
}

function utcStart(day: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? undefined : start;
}

function offsetAt(instant: Instant, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part as Record<string, number>;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
