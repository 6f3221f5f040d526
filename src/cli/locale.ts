/** The language of error sentences, as POSIX has it: LC_ALL before LC_MESSAGES before LANG. */
import type { Locale } from '../base/locale.ts';
import type { Environment } from '../config/environment.ts';

export function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): Locale {
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en';
}
