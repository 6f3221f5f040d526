/** When a job is due, as people write it: `every 5m`, `daily 03:10`. */

import { startOfDay } from '../../base/calendar-day.ts';
import type { Instant } from '../../base/clock.ts';
import { days, hours, minutes, parseDuration } from '../../base/duration.ts';

export type Schedule =
  /** So long after the end of the last turn, in milliseconds. */
  | { readonly kind: 'every'; readonly pause: number }
  /** At a time of day, in milliseconds after midnight, in the time zone that the configuration names. */
  | { readonly kind: 'daily'; readonly timeOfDay: number };

/** Undefined when the text is no schedule. */
export function parseSchedule(text: string): Schedule | undefined {
  const [word, value = '', ...rest] = text.trim().split(/\s+/);
  if (rest.length > 0) return undefined;
  if (word === 'every') {
    const pause = parseDuration(value);
    return pause === undefined || pause === 0 ? undefined : { kind: 'every', pause };
  }
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value) ?? [];
  if (word !== 'daily' || hour === undefined || minute === undefined) return undefined;
  return { kind: 'daily', timeOfDay: hours(Number(hour)) + minutes(Number(minute)) };
}

/** The latest instant at or before `now` at which it was that time of day in `timeZone` (IANA). */
export function lastDaily(timeOfDay: number, timeZone: string, now: Instant): Instant {
  const today = dayAt(now, timeZone);
  const due = instantOf(today, timeOfDay, timeZone);
  return due <= now ? due : instantOf(dayBeside(today, -1), timeOfDay, timeZone);
}

/** The first such instant after `now`. */
export function nextDaily(timeOfDay: number, timeZone: string, now: Instant): Instant {
  const today = dayAt(now, timeZone);
  const due = instantOf(today, timeOfDay, timeZone);
  return due > now ? due : instantOf(dayBeside(today, 1), timeOfDay, timeZone);
}

/**
 * Midnight and so many hours, put right by what the clocks there say: on two days a year that is an hour beside. A time
 * that a day skips lands within an hour of it, so that every day has exactly one.
 */
function instantOf(day: string, timeOfDay: number, timeZone: string): Instant {
  const guess = startOfDay(day, timeZone) + timeOfDay;
  const ahead = timeOfDayAt(guess, timeZone) - timeOfDay;
  const shortest = ahead > hours(12) ? ahead - days(1) : ahead < -hours(12) ? ahead + days(1) : ahead;
  return guess - shortest;
}

const dayBeside = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days(count)).toISOString().slice(0, 10);

function dayAt(instant: Instant, timeZone: string): string {
  const { year, month, day } = partsAt(instant, timeZone);
  return `${year}-${month}-${day}`;
}

function timeOfDayAt(instant: Instant, timeZone: string): number {
  const { hour, minute } = partsAt(instant, timeZone);
  return hours(Number(hour)) + minutes(Number(minute));
}

function partsAt(instant: Instant, timeZone: string): Readonly<Record<string, string>> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}
