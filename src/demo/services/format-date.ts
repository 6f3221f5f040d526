/** Dates as a university office writes them: 2026年4月10日(金)17:00 / Fri 10 April 2026, 17:00, in Japanese time. */
import type { Language } from './language.ts';

const timeZone = 'Asia/Tokyo';
const date = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short', timeZone } as const;
const monthAndDay = { month: 'long', day: 'numeric', weekday: 'short', timeZone } as const;
const locale = { ja: 'ja-JP', en: 'en-GB' } as const;

// ICU versions differ on the comma after an English weekday.
const format = (when: Date, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale[language], options).format(when).replace(/^(\w+),/, '$1');

export const formatDate = (when: Date, language: Language): string => format(when, language, date);
export const formatDay = (when: Date, language: Language): string => format(when, language, monthAndDay);

export const formatTime = (when: Date): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(when);

export function formatMoment(when: Date, language: Language): string {
  const clock = formatTime(when);
  return language === 'ja' ? `${formatDate(when, language)}${clock}` : `${formatDate(when, language)}, ${clock}`;
}
