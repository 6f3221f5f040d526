import { describe, expect, it } from '@jest/globals';
import { days } from '../../../../src/base/duration.ts';
import {
  activationKeyMac,
  activationKeys,
  isActivationKey,
} from '../../../../src/core/credentials/activation/activation-key.ts';
import { readActivationKey } from '../../../../src/core/credentials/activation/activation-key-text.ts';
import { planActivationKey } from '../../../../src/core/credentials/activation/issue-activation-key.ts';
import { sampleCodeDigest, sampleDigestKey } from '../../sample-code-digest.ts';
import { activationStage, operator } from '../activation-stage.ts';

describe('planActivationKey', () => {
  const stage = activationStage();
  const stored = () => stage.fresh().world.store.get(activationKeys, 'account-1');

  it('keeps how and by whom it was handed over and until when it is good, and nothing that shows the key', async () => {
    await stage.put();
    const key = await stage.issue({ handed: 'in-person' });
    const now = stage.fresh().clock.now();
    const record = await stored();
    expect(record).toMatchObject({
      accountId: 'account-1',
      handed: 'in-person',
      issuedAt: now,
      issuedBy: operator,
      expiresAt: now + days(31),
    });
    expect(record).not.toHaveProperty('usedAt');
    const told = JSON.stringify([record, await stage.fresh().audited()]);
    expect(told).not.toContain(key);
    expect(told).not.toContain(readActivationKey(key));
  });

  it('tells the audit, without the key', async () => {
    await stage.put();
    await stage.issue();
    const expiresAt = stage.fresh().clock.now() + days(31);
    expect(await stage.fresh().audited()).toEqual([
      { type: 'activation.key_issued', accountId: 'account-1', handed: 'post', expiresAt },
    ]);
  });

  it('puts a new key in the place of one that nobody used, and says so', async () => {
    await stage.put();
    const first = await stage.issue();
    const second = await stage.issue();
    expect(await stage.begin(first)).toEqual({ kind: 'wrong' });
    expect(await stage.begin(second)).toMatchObject({ kind: 'begun' });
    const types = (await stage.fresh().audited()).map(({ type }) => type);
    expect(types.filter((type) => type === 'activation.key_replaced')).toHaveLength(1);
  });

  it('replaces nothing where the key before was used', async () => {
    await stage.put();
    await stage.finish(await stage.begun(await stage.issue()));
    await stage.issue();
    expect((await stage.fresh().audited()).map(({ type }) => type)).not.toContain('activation.key_replaced');
    expect(await stored()).not.toHaveProperty('usedAt');
  });

  it('makes one key when two are asked for at once', async () => {
    await stage.put();
    const made = await Promise.allSettled([stage.issue(), stage.issue()]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    ['expired', { expiresAt: 1 }, 'expired'],
    ['closed', { state: 'closed' as const }, 'closed'],
  ])('refuses an account that is %s', async (_, wishes, state) => {
    await stage.put(wishes);
    await expect(stage.issue()).rejects.toMatchObject({ code: 'account.state', facts: { state } });
    expect(await stored()).toBeUndefined();
  });

  it('refuses an end that is not to come', async () => {
    await stage.put();
    const expiresAt = stage.fresh().clock.now();
    await expect(stage.issue({ expiresAt })).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('commits nothing itself', async () => {
    await stage.put();
    const { world, codeDigest, clock } = stage.fresh();
    const issue = { account: await stage.account(), handed: 'post', expiresAt: clock.now() + 1 } as const;
    await planActivationKey(world, codeDigest, operator, issue);
    expect(await stored()).toBeUndefined();
  });
});

describe('isActivationKey', () => {
  const key = 'KKKKKKKKKKKKKKKKKKKK';
  const codeDigest = sampleCodeDigest();
  const record = {
    id: 'account-1',
    accountId: 'account-1',
    edition: 'edition-1',
    mac: activationKeyMac(codeDigest, 'account-1', 'edition-1', key),
    handed: 'post',
    issuedAt: 0,
    issuedBy: operator,
    expiresAt: 1,
  } as const;

  it('holds for the key of the record', () => {
    expect(isActivationKey(codeDigest, record, key)).toBe(true);
  });

  it.each([
    ['another key', record, codeDigest, `${key.slice(1)}2`],
    ['a record copied to another account', { ...record, accountId: 'account-2' }, codeDigest, key],
    ['a MAC copied from the key before', { ...record, edition: 'edition-2' }, codeDigest, key],
    ['another key of the ring', record, sampleCodeDigest(sampleDigestKey(2)), key],
    ['no record', undefined, codeDigest, key],
  ])('does not hold for %s', (_, found, under, typed) => {
    expect(isActivationKey(under, found, typed)).toBe(false);
  });
});
