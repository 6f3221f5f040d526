import { describe, expect, it } from '@jest/globals';
import { said } from '../../../../src/i18n/messages/ja/said.ts';

describe('a name in a Japanese sentence', () => {
  it.each([
    ['is set off by a space when it is Latin', said`次の情報を${'KULASIS'}に送ります`, '次の情報を KULASIS に送ります'],
    ['is not set off when it is Japanese', said`次の情報を${'附属図書館'}に送ります`, '次の情報を附属図書館に送ります'],
    ['is not set off from punctuation', said`「${'KULASIS'}」は、${'ID'}。`, '「KULASIS」は、ID。'],
    ['may be empty', said`あ${''}い`, 'あい'],
  ])('%s', (_, sentence, expected) => {
    expect(sentence).toBe(expected);
  });
});
