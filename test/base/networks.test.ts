import { describe, expect, it } from '@jest/globals';
import { subscriberOf, type Whereabouts, whereaboutsIn } from '../../src/base/networks.ts';

describe('whereaboutsIn', () => {
  const where = whereaboutsIn(['10.0.0.0/8', '192.0.2.7/32', '2001:db8::/32']);

  it.each<[Whereabouts, string]>([
    ['inside', '10.255.0.1'],
    ['inside', '192.0.2.7'],
    ['outside', '192.0.2.8'],
    ['inside', '2001:db8:1::2'],
    ['outside', '2001:db9::2'],
    ['inside', '::ffff:10.0.0.1'],
    ['unreadable', ''],
    ['unreadable', 'unknown'],
    ['unreadable', '10.0.0.1, 10.0.0.2'],
  ])('says %s of %j', (expected, address) => {
    expect(where(address)).toBe(expected);
  });
});

describe('subscriberOf', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::7', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ])('of %s is %s', (address, subscriber) => {
    expect(subscriberOf(address)).toBe(subscriber);
  });
});
