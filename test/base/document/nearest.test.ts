import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../src/base/document/nearest.ts';

describe('nearest', () => {
  it.each([
    ['issure', ['issuer', 'listen'], 'issuer'],
    ['prot', ['host', 'port'], 'port'],
    ['LOG', ['log', 'login'], 'log'],
    ['absoluteLifetim', ['absoluteLifetime', 'idleLifetime'], 'absoluteLifetime'],
  ])('finds what %s was to be', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  it.each([
    ['en', ['ja']],
    ['colour', ['accent', 'logo']],
    ['x', []],
  ])('finds nothing for %s among words that are only short or other ones', (word, candidates) => {
    expect(nearest(word, candidates)).toBeUndefined();
  });
});
