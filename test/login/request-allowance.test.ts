import { beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { isDomainError } from '../../src/base/errors.ts';
import { keptLengths, type RequestAllowance, requestAllowance } from '../../src/login/request-allowance.ts';
import { freshWorld } from '../core/fresh-world.ts';

const fresh = freshWorld(keptLengths);
let allowance: RequestAllowance;
beforeEach(() => {
  const { world, masterKey, clock } = fresh();
  // At the beginning of five minutes by the clock.
  clock.advance(minutes(5) - (clock.now() % minutes(5)));
  allowance = requestAllowance(world, masterKey, { addressMiB: 2, totalMiB: 5 });
});

const mebibyte = 1024 * 1024;
const take = (address: string, octets = mebibyte) => allowance.take({ address }, octets);
const tooMany = (bound: string) => ({ code: 'request.too_many', facts: expect.objectContaining({ bound }) });

describe('what may be kept of long requests', () => {
  it('is as much from one address as was said, to the octet', async () => {
    await take('192.0.2.1', 2 * mebibyte);
    await expect(take('192.0.2.1', 1)).rejects.toMatchObject(tooMany('address'));
    await take('192.0.2.2', 2 * mebibyte);
  });

  it('is as much from everybody as was said', async () => {
    await take('192.0.2.1', 2 * mebibyte);
    await take('192.0.2.2', 2 * mebibyte);
    await take('192.0.2.3');
    await expect(take('192.0.2.4', 1)).rejects.toMatchObject(tooMany('total'));
  });

  it('is one share for an IPv6 /64, and another for the next', async () => {
    await take('2001:db8:1:2::1', 2 * mebibyte);
    await expect(take('2001:db8:1:2:ffff::9', 1)).rejects.toMatchObject(tooMany('address'));
    await take('2001:db8:1:3::1');
  });

  it('is not exceeded when many come at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => take('192.0.2.1', mebibyte / 4)));
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(kept).toBeLessThanOrEqual(8);
    expect(reasons.every((reason) => isDomainError(reason, 'request.too_many'))).toBe(true);
  });

  it('is not used up for others by many at once that were refused', async () => {
    await Promise.allSettled(Array.from({ length: 40 }, () => take('192.0.2.1', mebibyte / 4)));
    await take('192.0.2.2', 2 * mebibyte);
    await take('192.0.2.3');
  });

  it('is not used up by what was refused', async () => {
    await take('192.0.2.1', 1.5 * mebibyte);
    await expect(take('192.0.2.1')).rejects.toMatchObject(tooMany('address'));
    await take('192.0.2.1', mebibyte / 2);
  });

  it('begins anew after the time that is told', async () => {
    await take('192.0.2.1', 2 * mebibyte);
    fresh().clock.advance(minutes(4));
    await expect(take('192.0.2.1')).rejects.toMatchObject({ facts: { retryAfterSeconds: 60 } });
    fresh().clock.advance(60_000);
    await take('192.0.2.1');
  });

  it('counts nobody for the others behind a proxy that does not say for whom it asks', async () => {
    const hidden = { address: '10.0.0.1', isAddressHidden: true };
    await allowance.take(hidden, 4 * mebibyte);
    await expect(allowance.take(hidden, 2 * mebibyte)).rejects.toMatchObject(tooMany('total'));
  });
});
