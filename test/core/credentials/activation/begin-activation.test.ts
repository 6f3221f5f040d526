import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../../src/base/digest.ts';
import { days, minutes } from '../../../../src/base/duration.ts';
import { activations } from '../../../../src/core/credentials/activation/activation.ts';
import { newActivationKey } from '../../../../src/core/credentials/activation/activation-key-text.ts';
import type { ShownKey } from '../../../../src/core/credentials/activation/begin-activation.ts';
import { activationStage } from '../activation-stage.ts';

describe('beginActivation', () => {
  const stage = activationStage();
  const otherKey = () => newActivationKey(stage.fresh().world.ids);
  const refusals = async () => (await stage.fresh().audited()).filter(({ type }) => type === 'activation.key_refused');

  it('begins with the right key, under a handle that the store does not hold, and without the key', async () => {
    await stage.put();
    const key = await stage.issue();
    const handle = await stage.begun(key);
    const record = await stage.fresh().world.store.get(activations, digestOf(handle));
    expect(record).toMatchObject({ accountId: 'account-1', isRenewal: false });
    expect(JSON.stringify(record)).not.toContain(handle);
    expect(JSON.stringify(record)).not.toContain(key.replaceAll('-', ''));
  });

  const wrong: readonly (readonly [string, () => Promise<Partial<ShownKey>>, string | undefined])[] = [
    ['an ID that nobody has', async () => ({ loginName: 'a0999999' }), undefined],
    ['a wrong key', async () => ({ key: otherKey() }), 'account-1'],
    ['the key of somebody else', async () => ({ loginName: 'a0777777' }), 'account-2'],
  ];
  it.each(wrong)('answers alike, and tells the audit apart: %s', async (_what, wishes, accountId) => {
    await stage.put();
    await stage.put({ id: 'account-2', personId: 'person-2', loginName: 'a0777777' });
    const key = await stage.issue();
    expect(await stage.begin(key, await wishes())).toEqual({ kind: 'wrong' });
    const about = accountId === undefined ? {} : { accountId };
    expect(await refusals()).toEqual([{ type: 'activation.key_refused', ...about, reason: 'wrong' }]);
  });

  it('answers a key that was used as it answers a wrong one', async () => {
    await stage.put();
    const key = await stage.issue();
    await stage.finish(await stage.begun(key));
    expect(await stage.begin(key)).toEqual({ kind: 'wrong' });
    expect(await refusals()).toEqual([expect.objectContaining({ reason: 'used' })]);
  });

  it('tells the holder of the right key that it has expired, from its last moment on, and whose desk helps', async () => {
    await stage.put();
    const key = await stage.issue();
    stage.fresh().clock.advance(days(31) - 1);
    expect(await stage.begin(key)).toMatchObject({ kind: 'begun' });
    stage.fresh().clock.advance(1);
    expect(await stage.begin(key)).toEqual({ kind: 'key_expired', accountKind: 'ecs' });
    stage.fresh().clock.advance(1);
    expect(await stage.begin(otherKey())).toEqual({ kind: 'wrong' });
    expect(await refusals()).toEqual([
      expect.objectContaining({ reason: 'expired' }),
      expect.objectContaining({ reason: 'wrong' }),
    ]);
  });

  it.each([
    ['account_suspended', { state: 'suspended' as const }],
    ['account_ended', { expiresAt: 1 }],
    ['account_ended', { state: 'closed' as const }],
  ])('tells the holder of the right key alone: %s', async (kind, wishes) => {
    await stage.put();
    const key = await stage.issue();
    await stage.change(wishes);
    expect(await stage.begin(otherKey())).toEqual({ kind: 'wrong' });
    expect(await stage.begin(key)).toEqual({ kind, accountKind: 'ecs' });
  });

  it('stops guessing at one ID, whether or not it exists, and takes the right key after the wait', async () => {
    await stage.put();
    const key = await stage.issue();
    for (const loginName of ['a0123456', 'a0999999']) {
      for (let tries = 0; tries < 3; tries += 1) await stage.begin(otherKey(), { loginName });
      const until = stage.fresh().clock.now() + 5_000;
      expect(await stage.begin(key, { loginName })).toEqual({ kind: 'throttled', until });
    }
    stage.fresh().clock.advance(5_000);
    expect(await stage.begin(key)).toMatchObject({ kind: 'begun' });
  });

  it('lets no crowd slip through', async () => {
    await stage.put();
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.begin(otherKey())));
    expect(answers.filter(({ kind }) => kind === 'wrong').length).toBeLessThanOrEqual(3);
    expect(answers.filter(({ kind }) => kind !== 'wrong' && kind !== 'throttled')).toEqual([]);
  });

  it('forgets the slips of whoever then shows the right key', async () => {
    await stage.put();
    const key = await stage.issue();
    await stage.begin(otherKey());
    await stage.begin(otherKey());
    await stage.begin(key);
    for (let tries = 0; tries < 3; tries += 1) expect(await stage.begin(otherKey())).toEqual({ kind: 'wrong' });
  });

  it('keeps nobody from logging in by guessing at keys, and nobody from activating by guessing at passwords', async () => {
    await stage.put();
    const attempted = { loginName: 'a0123456', address: '192.0.2.1' };
    for (let tries = 0; tries < 3; tries += 1) await stage.begin(otherKey());
    expect(await stage.passwordThrottle().charge(attempted)).toEqual({ kind: 'charged' });
    stage.fresh().clock.advance(minutes(60 * 24));
    for (let tries = 0; tries < 3; tries += 1) await stage.passwordThrottle().charge(attempted);
    expect(await stage.keyThrottle().charge(attempted)).toEqual({ kind: 'charged' });
  });
});
