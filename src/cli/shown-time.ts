/** Instants as verbs print them: in lines for people as the university's clocks show them, in JSON as ISO 8601. */
import type { Instant } from '../base/clock.ts';
import type { Locale } from '../base/locale.ts';
import type { Environment } from '../config/environment.ts';
import type { Config } from '../config/schema.ts';
import { formatDateTime } from '../i18n/format.ts';
import { localeOf } from './locale.ts';

/** For whom something is printed: the language of their terminal, the clocks of the university. */
export interface Reader {
  readonly locale: Locale;
  readonly timeZone: string;
}

export const readerOf = (environment: Environment, { university }: Config): Reader => ({
  locale: localeOf(environment),
  timeZone: university.timeZone,
});

export const shownTime = (instant: Instant, { locale, timeZone }: Reader): string =>
  isDate(instant) ? formatDateTime(instant, locale, timeZone) : String(instant);

export const isoTime = (instant: Instant): string =>
  isDate(instant) ? new Date(instant).toISOString() : String(instant);

/** In a record that was tampered with a time may be anything. ECMA-262 21.4.1.1: beyond this there is no date. */
const isDate = (instant: unknown): boolean => typeof instant === 'number' && Math.abs(instant) <= 8.64e15;
