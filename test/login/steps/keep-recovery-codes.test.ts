import { describe, expect, it } from '@jest/globals';
import { sealRecoveryCodes } from '../../../src/core/credentials/recovery-codes.ts';
import { keepRecoveryCodes } from '../../../src/login/steps/keep-recovery-codes.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleSituation, strangerSituation } from '../sample-situation.ts';

describe('keeping the recovery codes', () => {
  const fresh = freshLogin();
  const codes = ['2345-6789-CDFH', 'JKMN-PQRT-WXY2'];
  const made = (accountId = 'account-1') => {
    const { masterKey, world } = fresh();
    const newRecoveryCodes = sealRecoveryCodes(masterKey, world.ids, accountId, codes);
    return sampleSituation({ progress: { about: accountId, newRecoveryCodes } });
  };

  it('is due from their making until they are kept', () => {
    expect(keepRecoveryCodes.isDue(made())).toBe(true);
    expect(keepRecoveryCodes.isDue(sampleSituation())).toBe(false);
    expect(keepRecoveryCodes.isDue(strangerSituation({ progress: made().progress }))).toBe(false);
  });

  it('shows them to the person whose they are', () => {
    expect(keepRecoveryCodes.show(fresh().means, made(), { locale: 'en' })).toMatchObject({
      service: { name: 'KULASIS' },
      codes,
      loginName: 'a0123456',
    });
  });

  it('shows them to nobody else', () => {
    expect(() => keepRecoveryCodes.show(fresh().means, made('account-2'), { locale: 'en' })).toThrow('key.unreadable');
  });

  it('erases them when the person says that they are kept, and not before', async () => {
    const take = (choice: string) => keepRecoveryCodes.take(fresh().means, made(), answerOf({ choice }));
    expect(await take('')).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
    expect(await take('kept')).toEqual({ kind: 'progress', progress: { about: 'account-1' }, writes: [] });
  });
});
