/** A month in an address, `2026-04`: its bounds in a time zone, and its neighbours. */
import { instantOf } from '../base/calendar-day.ts';
import type { Instant } from '../base/clock.ts';

export interface CalendarMonth {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

const written = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** Undefined for what is no month. */
export function readMonth(text: unknown): CalendarMonth | undefined {
  const [, year, month] = (typeof text === 'string' ? written.exec(text) : null) ?? [];
  return year === undefined || month === undefined ? undefined : { year: Number(year), month: Number(month) };
}

export const writeMonth = ({ year, month }: CalendarMonth): string => `${year}-${String(month).padStart(2, '0')}`;

export function monthOf(instant: Instant, timeZone: string): CalendarMonth {
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', year: 'numeric', month: 'numeric' });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.get('year') ?? 0, month: parts.get('month') ?? 0 };
}

/** Months before (negative) or after. */
export function monthAfter({ year, month }: CalendarMonth, months: number): CalendarMonth {
  const count = year * 12 + month - 1 + months;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

export const isBefore = (a: CalendarMonth, b: CalendarMonth): boolean => writeMonth(a) < writeMonth(b);

/** From its first instant to the first of the next one. */
export function boundsOf(month: CalendarMonth, timeZone: string): { readonly from: Instant; readonly below: Instant } {
  const start = (each: CalendarMonth) => instantOf(Date.UTC(each.year, each.month - 1, 1), timeZone);
  return { from: start(month), below: start(monthAfter(month, 1)) };
}
