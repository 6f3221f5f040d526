/** Dates and numbers as people here read them: 2026年4月10日(金)17:00 and Fri 10 April 2026, 17:00. */
import type { Instant } from '../base/clock.ts';
import { hours } from '../base/duration.ts';
import type { Locale } from '../base/locale.ts';

const weekdays = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;

const englishMonths = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `timeZone` is an IANA name such as Asia/Tokyo. */
export function formatDate(instant: Instant, locale: Locale, timeZone: string): string {
  const { year, month, day } = partsOf(instant, timeZone);
  const weekday = weekdays[locale][new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return locale === 'ja'
    ? `${year}年${month}月${day}日(${weekday})`
    : `${weekday} ${day} ${englishMonths[month - 1]} ${year}`;
}

/** 2026年4月 and April 2026; `month` is 1 to 12. */
export const formatMonth = (year: number, month: number, locale: Locale): string =>
  locale === 'ja' ? `${year}年${month}月` : `${englishMonths[month - 1]} ${year}`;

export function formatDateTime(instant: Instant, locale: Locale, timeZone: string): string {
  const time = timeOf(instant, timeZone);
  const date = formatDate(instant, locale, timeZone);
  return locale === 'ja' ? `${date}${time}` : `${date}, ${time}`;
}

function timeOf(instant: Instant, timeZone: string): string {
  const { hour, minute } = partsOf(instant, timeZone);
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/** 今日 9:12 and Yesterday, 9:12 for what is no older by the calendar than that. */
export function formatRecent(instant: Instant, now: Instant, locale: Locale, timeZone: string): string {
  const day = formatDate(instant, locale, timeZone);
  const near = [now, dayBefore(now, timeZone)].findIndex((other) => formatDate(other, locale, timeZone) === day);
  const name = nearDays[locale][near];
  return name === undefined ? formatDateTime(instant, locale, timeZone) : `${name}${timeOf(instant, timeZone)}`;
}

const nearDays = { ja: ['今日 ', '昨日 '], en: ['Today, ', 'Yesterday, '] } as const;

/** Around its noon: a day on which the clocks are changed is not 24 hours long. */
const dayBefore = (now: Instant, timeZone: string): Instant => now - hours(partsOf(now, timeZone).hour + 12);

/** Grouped by thousands, alike in both languages. */
export const formatCount = (count: number): string => new Intl.NumberFormat('en').format(count);

/** A wait in words, never shorter than it is: 90 seconds are two minutes. */
export function formatWait(seconds: number, locale: Locale): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return locale === 'ja' ? `${whole}秒` : `${whole} ${whole === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(whole / 60);
  if (minutes > 90) {
    const hours = Math.ceil(minutes / 60);
    return locale === 'ja' ? `${hours}時間` : `${hours} hours`;
  }
  return locale === 'ja' ? `${minutes}分` : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

type DatePart = 'year' | 'month' | 'day' | 'hour' | 'minute';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an Intl format costs more than using it a hundred times, so one is kept for each time zone. */
function partsOf(instant: Instant, timeZone: string): Record<DatePart, number> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return parts as Record<DatePart, number>;
}
