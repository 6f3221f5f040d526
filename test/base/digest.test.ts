import { describe, expect, it } from '@jest/globals';
import { digestOf, isSameText } from '../../src/base/digest.ts';

describe('digestOf', () => {
  it('is SHA-256 in base64url', () => {
    // FIPS 180-4, the example of one block: "abc".
    expect(Buffer.from(digestOf('abc'), 'base64url').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('isSameText', () => {
  it.each([
    ['abc', 'abc', true],
    ['', '', true],
    ['abc', 'abd', false],
    ['abc', 'abcd', false],
    ['abc', '', false],
    // As many characters, another number of bytes: comparing them must not throw.
    ['aa', 'aé', false],
  ])('tells of %j and %j whether they are alike', (left, right, isSame) => {
    expect(isSameText(left, right)).toBe(isSame);
  });
});
