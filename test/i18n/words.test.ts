/** That both languages have every key is the compiler's to prove; that no word was left empty or untranslated is ours. */
import { describe, expect, it } from '@jest/globals';
import { errors as englishErrors } from '../../src/i18n/messages/en/errors.ts';
import { errors as japaneseErrors } from '../../src/i18n/messages/ja/errors.ts';
import { words } from '../../src/i18n/words.ts';

const japaneseLetters = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Every string of a catalogue by its path; functions are called with stand-ins. */
function sentences(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return sentences(callWithStandIns(value as (...given: unknown[]) => unknown), path);
  return Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, path ? `${path}.${key}` : key));
}

/** Takes the place of a string, a list of strings, and the bounds of a password. */
const standIn = Object.assign(['X'], { minimumLength: 12, maximumLength: 16 });
const callWithStandIns = (sentence: (...given: unknown[]) => unknown): unknown => {
  const said = sentence(standIn, 'X', 'X');
  // A sentence that is nothing but what it is given.
  return said === standIn ? 'X' : said;
};

const catalogues = {
  ja: [...sentences(words('ja')), ...sentences(japaneseErrors)],
  en: [...sentences(words('en')), ...sentences(englishErrors)],
};

describe('the catalogues', () => {
  it.each(['ja', 'en'] as const)('have no empty word in %s', (locale) => {
    expect(catalogues[locale].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('have no Japanese in the English', () => {
    expect(catalogues.en.filter(([, sentence]) => japaneseLetters.test(sentence))).toEqual([]);
  });

  it('have nothing left in English in the Japanese', () => {
    const untranslated = catalogues.ja.filter(
      ([, sentence]) => !japaneseLetters.test(sentence) && /[a-z]{4}/.test(sentence),
    );
    expect(untranslated).toEqual([]);
  });

  it('have the same keys', () => {
    expect(catalogues.en.map(([path]) => path).sort()).toEqual(catalogues.ja.map(([path]) => path).sort());
  });
});
