/** Which of the two languages a page speaks: the reader's own choice (cookie), else the browser's, else Japanese. */

export type Language = 'ja' | 'en';
export type Text = Readonly<Record<Language, string>>;

export const isLanguage = (text: unknown): text is Language => text === 'ja' || text === 'en';
export const otherLanguage = (language: Language): Language => (language === 'ja' ? 'en' : 'ja');

/**
 * `accepted` is the browser's best match among ours: false when it names other languages only, and those readers are
 * better served in English.
 */
export function chooseLanguage(chosen: string | undefined, accepted: string | false, hasPreference: boolean): Language {
  if (isLanguage(chosen)) return chosen;
  if (!hasPreference) return 'ja';
  return accepted === 'ja' ? 'ja' : 'en';
}
