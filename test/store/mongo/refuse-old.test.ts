import { describe, expect, it } from '@jest/globals';
import { refuseOldVersion } from '../../../src/store/mongo/refuse-old.ts';

describe('refuseOldVersion', () => {
  it.each(['6.0.5', '7.0.21', '8.2.0-rc1', '10.0.0'])('lets %s pass', (version) => {
    expect(() => refuseOldVersion(version)).not.toThrow();
  });

  it.each(['5.0.31', '4.4.29'])('refuses %s, and says what is needed', (found) => {
    expect(() => refuseOldVersion(found)).toThrow(
      expect.objectContaining({ code: 'store.too_old', facts: { found, needed: '6.0' } }),
    );
  });
});
