import { describe, expect, it } from '@jest/globals';
import { maskedAddress } from '../../../src/core/credentials/masked-address.ts';

describe('a masked address', () => {
  it.each([
    ['taro@example.com', 't***@example.com'],
    ['t@example.com', 't***@example.com'],
    ['"a@b"@example.com', '"***@example.com'],
    ['𠮷野@例え.jp', '𠮷***@例え.jp'],
  ])('of %s is %s', (address, masked) => {
    expect(maskedAddress(address)).toBe(masked);
  });
});
