import { describe, expect, it } from '@jest/globals';
import { isDeeper } from '../../src/base/is-deeper.ts';

describe('how deep a value is', () => {
  it.each([
    ['a text', 'text', 0, false],
    ['nothing', null, 0, false],
    ['an empty list', [], 0, true],
    ['an empty list', [], 1, false],
    ['an object in a list', [1, {}], 1, true],
    ['an object in a list', [1, {}], 2, false],
    ['the deepest of several', { a: 1, b: [[[]]], c: {} }, 3, true],
    ['the deepest of several', { a: 1, b: [[[]]], c: {} }, 4, false],
  ])('%s (%j), more than %i: %s', (_what, value, levels, expected) => {
    expect(isDeeper(value, levels)).toBe(expected);
  });
});
