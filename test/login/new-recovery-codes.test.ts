import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { openRecoveryCodes, sealRecoveryCodes } from '../../src/login/new-recovery-codes.ts';
import { sampleMasterKey as key } from '../core/fresh-world.ts';

describe('recovery codes that are still to be kept', () => {
  const codes = ['2345-6789', 'CDFH-JKMN'];
  const sealed = sealRecoveryCodes(key, systemIds, 'account-1', codes);

  it('are read for the account for which they were made', () => {
    expect(openRecoveryCodes(key, 'account-1', sealed)).toEqual(codes);
  });

  it('are read for no other, and not from the store', () => {
    expect(() => openRecoveryCodes(key, 'account-2', sealed)).toThrow(
      expect.objectContaining({ code: 'key.unreadable' }),
    );
    expect(sealed).not.toContain('2345');
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString()).not.toContain('2345');
  });
});
