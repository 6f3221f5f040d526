import { describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '../../src/base/errors.ts';
import { errorStatus } from '../../src/web/error-status.ts';

const codes = Object.keys(errorStatus) as ErrorCode[];

describe('errorStatus', () => {
  it.each(codes)('is an error for %s', (code) => {
    expect(errorStatus[code]).toBeGreaterThanOrEqual(400);
    expect(errorStatus[code]).toBeLessThan(600);
  });

  it('blames the server for what is its fault, and for nothing else', () => {
    expect(codes.filter((code) => errorStatus[code] >= 500).sort()).toEqual([
      'config.invalid',
      'internal',
      'key.unreadable',
      'server.address_taken',
      'store.forbidden',
      'store.half_copied',
      'store.in_use',
      'store.no_primary',
      'store.standalone',
      'store.too_old',
      'store.unavailable',
      'store.unreachable',
      'store.upgrade_failed',
      'store.version',
      'store.wrong_set',
    ]);
  });

  it.each<[ErrorCode, number]>([
    // RFC 9110, 15.5.20: this host is not served here.
    ['request.foreign_host', 421],
    ['attempt.foreign_browser', 403],
    ['attempt.stale', 409],
    // It was there and will not come back: a client need not ask again.
    ['attempt.not_found', 410],
    ['setup.link_expired', 410],
    ['input.too_large', 413],
    // A proxy may try another node.
    ['store.unavailable', 503],
  ])('of %s is %i', (code, status) => {
    expect(errorStatus[code]).toBe(status);
  });
});
