import { describe, expect, it } from '@jest/globals';
import {
  type AccountState,
  accountByLoginName,
  accounts,
  canonicalLoginName,
  standingOf,
} from '../../../src/core/people/account.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleAccount } from '../sample-records.ts';

describe('standingOf', () => {
  const now = 1_000;

  it.each<[AccountState, number | undefined, AccountState]>([
    ['issued', undefined, 'issued'],
    ['active', undefined, 'active'],
    ['suspended', undefined, 'suspended'],
    ['active', now + 1, 'active'],
    ['suspended', now + 1, 'suspended'],
    ['issued', now, 'expired'],
    ['active', now, 'expired'],
    ['suspended', now, 'expired'],
    ['expired', now + 1, 'expired'],
    ['closed', now, 'closed'],
  ])('of an account that is %s and ends at %s is %s', (state, expiresAt, standing) => {
    const account = sampleAccount({ state, ...(expiresAt === undefined ? {} : { expiresAt }) });
    expect(standingOf(account, now)).toBe(standing);
  });
});

describe('canonicalLoginName', () => {
  it.each([
    ['a0123456', 'a0123456'],
    ['A0123456', 'a0123456'],
    ['ａ０１２３４５６', 'a0123456'],
    [' a012 3456　', 'a0123456'],
    ['\ta0123456\n', 'a0123456'],
    ['', ''],
  ])('of %j is %j', (typed, canonical) => {
    expect(canonicalLoginName(typed)).toBe(canonical);
    expect(canonicalLoginName(canonical)).toBe(canonical);
  });
});

describe('accountByLoginName', () => {
  const fresh = freshWorld();

  it('finds an account as people type it', async () => {
    const { world, put } = fresh();
    await put(accounts, sampleAccount());
    expect(await accountByLoginName(world.store, 'Ａ0123456 ')).toMatchObject({ id: 'account-1' });
    expect(await accountByLoginName(world.store, 'a0123457')).toBeUndefined();
  });

  it('never has one name for two accounts, not even after the first is closed', async () => {
    const { put } = fresh();
    await put(accounts, sampleAccount({ state: 'closed' }));
    await expect(put(accounts, sampleAccount({ id: 'account-2' }))).rejects.toMatchObject({ code: 'store.duplicate' });
  });
});
