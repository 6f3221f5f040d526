import { describe, expect, it } from '@jest/globals';
import { trustTokenIn, withTrustToken } from '../../src/web/trust-cookie.ts';

describe('the cookie of a trusted browser', () => {
  it('holds one token for each account, the youngest', () => {
    const value = withTrustToken(withTrustToken(withTrustToken(undefined, 'a', '1'), 'b', '2'), 'a', '3');
    expect([trustTokenIn(value, 'a'), trustTokenIn(value, 'b')]).toEqual(['3', '2']);
    expect(value.split('!')).toHaveLength(2);
  });

  it('has nothing for an account that is not in it, nor for one whose name is the beginning of another', () => {
    const value = withTrustToken(undefined, 'abc', '1');
    expect([trustTokenIn(value, 'ab'), trustTokenIn(value, 'abcd'), trustTokenIn(undefined, 'abc')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('forgets the oldest of more than four', () => {
    const value = ['a', 'b', 'c', 'd', 'e'].reduce<string | undefined>(
      (kept, account) => withTrustToken(kept, account, account),
      undefined,
    );
    expect(['a', 'b', 'e'].map((account) => trustTokenIn(value, account))).toEqual([undefined, 'b', 'e']);
  });
});
