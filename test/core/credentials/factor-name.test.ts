import { describe, expect, it } from '@jest/globals';
import { factorName } from '../../../src/core/credentials/factor-name.ts';

describe('the name of a factor', () => {
  it.each([
    ['is what was typed', '私のスマートフォン 👩‍👧', '私のスマートフォン 👩‍👧'],
    ['has single blanks and none around it', '  my   phone\n', 'my phone'],
    ['holds nothing that turns the line around or cannot be seen', 'my \u202ephone\u0000', 'my phone'],
    ['ends at a length that fits a line, between letters', 'が👩‍👧'.repeat(30), 'が👩‍👧'.repeat(20)],
  ])('%s', (_what, typed, expected) => {
    expect(factorName(typed)).toBe(expected);
  });

  it('is the first that is not blank', () => {
    expect(factorName(' ', '', '認証アプリ')).toBe('認証アプリ');
  });
});
