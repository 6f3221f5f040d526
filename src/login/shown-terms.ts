import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';

/** The terms in force, in the reader's language and in paragraphs; undefined where there are none. */
export function shownTerms({ terms }: Config, locale: Locale) {
  if (!terms) return undefined;
  return {
    title: terms.title[locale],
    version: terms.version,
    summary: terms.summary[locale].split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ''),
    ...(terms.url === undefined ? {} : { url: terms.url }),
  };
}
