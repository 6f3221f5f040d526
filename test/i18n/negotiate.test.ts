import { describe, expect, it } from '@jest/globals';
import { chooseLocale } from '../../src/i18n/negotiate.ts';

describe('the language of a page', () => {
  it.each([
    ['Japanese when nothing is said', {}, 'ja'],
    ['what the service asks for', { uiLocales: 'en', cookie: 'ja', acceptLanguage: 'ja' }, 'en'],
    ['the first language of the service that we have', { uiLocales: 'fr-CA en-GB ja' }, 'en'],
    ['the person’s choice when the service asks for a language we lack', { uiLocales: 'fr', cookie: 'en' }, 'en'],
    ['the person’s choice before the browser’s', { cookie: 'ja', acceptLanguage: 'en-US,en;q=0.9' }, 'ja'],
    ['the browser’s, past a cookie that is no language of ours', { cookie: 'de', acceptLanguage: 'en' }, 'en'],
    ['the browser’s heaviest, not its first', { acceptLanguage: 'en;q=0.5, ja;q=0.8' }, 'ja'],
    ['the next one where a weight of nought rules one out', { acceptLanguage: 'ja;q=0, en;q=0.1' }, 'en'],
    ['English for a browser that speaks neither', { acceptLanguage: 'ko-KR,ko;q=0.9' }, 'en'],
    ['Japanese for a browser that takes anything', { acceptLanguage: '*' }, 'ja'],
    ['Japanese for a header that is nonsense', { acceptLanguage: ';;q=,,,=' }, 'ja'],
  ] as const)('is %s', (_, wishes, expected) => {
    expect(chooseLocale(wishes)).toBe(expected);
  });
});
