/** The two languages of every page, mail and letter. */

export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];
export type Localized = Readonly<Record<Locale, string>>;

export const isLocale = (text: unknown): text is Locale => text === 'ja' || text === 'en';
