import { describe, expect, it } from '@jest/globals';
import { readDigits } from '../../../src/core/credentials/code-text.ts';

describe('a code of six digits', () => {
  it.each([
    ['as it stands', '012345'],
    ['with the space in which apps show it', '012 345'],
    ['with blanks around it', ' 012345\r\n'],
    ['with a no-break space', '012\u00a0345'],
    ['in full-width digits', '０１２３４５'],
    ['with a full-width space', '０１２　３４５'],
    ['with a hyphen', '012-345'],
    ['with the long vowel mark that an input method gives for a hyphen', '０１２ー３４５'],
    ['with a mark that cannot be seen', '012\u200b345'],
  ])('is read %s', (_how, typed) => {
    expect(readDigits(typed, 6)).toBe('012345');
  });

  it.each([
    ['nothing', ''],
    ['five digits', '01234'],
    ['seven digits', '0123456'],
    ['a letter', '01234O'],
    ['digits of another script', '٠١٢٣٤٥'],
    ['a sign', '+12345'],
    ['a long text', '0'.repeat(1_000_000)],
  ])('is not read out of %s', (_what, typed) => {
    expect(readDigits(typed, 6)).toBeUndefined();
  });
});
