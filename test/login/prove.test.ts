import { describe, expect, it } from '@jest/globals';
import { provenWith } from '../../src/login/prove.ts';
import { passwordUse } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';

const password = { accountId: 'account-1', factors: [passwordUse(1)], edition: 'edition-1' };

describe('a factor that was given', () => {
  it('is the first that was proven', () => {
    expect(provenWith({ way: 'totp' }, 'account-1', passwordUse(), 'edition-1')).toEqual({
      way: 'totp',
      proven: { accountId: 'account-1', factors: [passwordUse()], edition: 'edition-1' },
    });
    expect(provenWith({}, 'account-1', passkeyUse()).proven).toEqual({
      accountId: 'account-1',
      factors: [passkeyUse()],
    });
  });

  it('comes to those of the same account, whose password stays the one it was', () => {
    expect(provenWith({ proven: password }, 'account-1', useOf('totp')).proven).toEqual({
      ...password,
      factors: [passwordUse(1), useOf('totp')],
    });
  });

  it('takes the place of an older use of its kind', () => {
    expect(provenWith({ proven: password }, 'account-1', passwordUse(2), 'edition-2').proven).toEqual({
      accountId: 'account-1',
      factors: [passwordUse(2)],
      edition: 'edition-2',
    });
  });

  it('never joins that of another account', () => {
    expect(provenWith({ proven: password }, 'account-2', passkeyUse()).proven).toEqual({
      accountId: 'account-2',
      factors: [passkeyUse()],
    });
  });
});
