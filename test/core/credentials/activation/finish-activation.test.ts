import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../../src/base/duration.ts';
import { activationKeys } from '../../../../src/core/credentials/activation/activation-key.ts';
import { passwordOf } from '../../../../src/core/credentials/credential.ts';
import { notices } from '../../../../src/core/notices/notice.ts';
import { sessions } from '../../../../src/core/sessions/session.ts';
import { sampleSession } from '../../sample-records.ts';
import { activationStage, password, termsVersion } from '../activation-stage.ts';

const newer = 'Bentenjima5Tobi';

describe('finishActivation', () => {
  const stage = activationStage();
  const holds = async (text: string) => {
    const { world, hasher } = stage.fresh();
    return hasher.matches((await passwordOf(world.store, 'account-1'))?.hash, text);
  };
  const begin = async () => {
    await stage.put();
    return stage.begun(await stage.issue({ handed: 'in-person' }));
  };

  it('makes the account active with the password and the terms, and remembers how the key had been handed over', async () => {
    const handle = await begin();
    stage.fresh().clock.advance(minutes(5));
    const at = stage.fresh().clock.now();
    expect(await stage.finish(handle)).toEqual({ kind: 'done' });
    expect(await stage.account()).toMatchObject({
      state: 'active',
      activatedAt: at,
      activation: { handed: 'in-person', at },
      acceptedTerms: { version: termsVersion, at },
    });
    expect(await holds(password)).toBe(true);
    expect(await stage.fresh().world.store.get(activationKeys, 'account-1')).toMatchObject({ usedAt: at });
    expect((await stage.fresh().audited()).slice(1)).toEqual([
      { type: 'activation.key_used', accountId: 'account-1', handed: 'in-person' },
      { type: 'password.set', accountId: 'account-1', by: 'key' },
      { type: 'terms.accepted', accountId: 'account-1', version: termsVersion },
    ]);
    expect(await stage.fresh().world.store.count(notices, { index: 'byAccount' })).toBe(0);
  });

  it('sets a new password for an active account, ends its sessions and sends the mail that says how', async () => {
    const { put, world } = stage.fresh();
    await stage.finish(await begin());
    await put(sessions, sampleSession());
    const handle = await stage.begun(await stage.issue());
    expect(await stage.look(handle)).toMatchObject({ kind: 'open', asksTerms: false, activation: { isRenewal: true } });
    expect(await stage.finish(handle, { password: newer, acceptsTerms: false })).toEqual({ kind: 'done' });
    expect([await holds(password), await holds(newer)]).toEqual([false, true]);
    expect(await world.store.get(sessions, 'session-1')).toBeUndefined();
    expect(await stage.account()).toMatchObject({ activation: { handed: 'post' } });
    expect(await world.store.count(notices, { index: 'byAccount', equals: ['account-1'] })).toBe(1);
    const types = (await stage.fresh().audited()).map(({ type }) => type);
    expect(types.filter((type) => type === 'terms.accepted')).toHaveLength(1);
  });

  it.each([
    ['the terms are not accepted', { acceptsTerms: false }, ['terms_not_accepted']],
    ['the rule refuses', { password: 'Hanako7gawa' }, ['too_short', 'contains_name']],
    [
      'both, with everything at once',
      { acceptsTerms: false, password: 'Hanako7gawa' },
      ['terms_not_accepted', 'too_short', 'contains_name'],
    ],
  ])('sets nothing and stays open where %s', async (_, wishes, problems) => {
    const handle = await begin();
    expect(await stage.finish(handle, wishes)).toMatchObject({ kind: 'refused', problems });
    expect(await stage.account()).toMatchObject({ state: 'issued' });
    expect(await stage.account()).not.toHaveProperty('acceptedTerms');
    expect(await stage.finish(handle)).toEqual({ kind: 'done' });
  });

  it('is told as finished to a second press, and keeps the password of the first', async () => {
    const handle = await begin();
    const ends = await Promise.all([stage.finish(handle), stage.finish(handle), stage.finish(handle)]);
    expect(ends.map(({ kind }) => kind).sort()).toEqual(['done', 'finished', 'finished']);
    expect(await stage.finish(handle, { password: newer })).toEqual({
      kind: 'finished',
      loginName: 'a0123456',
      isRenewal: false,
    });
    expect([await holds(password), await holds(newer)]).toEqual([true, false]);
  });

  it('lets one of two people with one key win; the other is told that the key is gone', async () => {
    await stage.put();
    const key = await stage.issue();
    const [first, second] = [await stage.begun(key), await stage.begun(key)];
    const ends = await Promise.all([stage.finish(first), stage.finish(second, { password: newer })]);
    expect(ends.map(({ kind }) => kind).sort()).toEqual(['done', 'key_gone']);
    expect(await holds(ends[0].kind === 'done' ? password : newer)).toBe(true);
    expect((await stage.fresh().audited()).filter(({ type }) => type === 'activation.key_used')).toHaveLength(1);
  });

  it('stops where a newer key took the place of the one that was shown', async () => {
    const handle = await begin();
    await stage.issue();
    expect(await stage.finish(handle)).toEqual({ kind: 'key_gone', accountKind: 'ecs' });
    expect(await stage.account()).toMatchObject({ state: 'issued' });
  });

  it.each([
    ['account_suspended', { state: 'suspended' as const }],
    ['account_ended', { expiresAt: 1 }],
  ])('stops where the account changed meanwhile: %s', async (kind, wishes) => {
    const handle = await begin();
    await stage.change(wishes);
    expect(await stage.finish(handle)).toEqual({ kind, accountKind: 'ecs' });
    expect(await holds(password)).toBe(false);
  });

  it('goes on where the account changed in a way that does not matter, at the same moment', async () => {
    const handle = await begin();
    const [end] = await Promise.all([stage.finish(handle), stage.change({ universityMail: 'new@st.kyoto-u.ac.jp' })]);
    expect(end).toEqual({ kind: 'done' });
    expect(await stage.account()).toMatchObject({ state: 'active', universityMail: 'new@st.kyoto-u.ac.jp' });
  });

  it('can be finished although the key expires meanwhile, and for thirty minutes', async () => {
    await stage.put();
    const expiresAt = stage.fresh().clock.now() + minutes(1);
    const handle = await stage.begun(await stage.issue({ expiresAt }));
    stage.fresh().clock.advance(minutes(30) - 1);
    expect(await stage.look(handle)).toMatchObject({ kind: 'open' });
    stage.fresh().clock.advance(1);
    expect(await stage.finish(handle)).toEqual({ kind: 'not_found' });
  });

  it('is closed to another browser, and under a made-up handle', async () => {
    const handle = await begin();
    const stranger = 's'.repeat(43);
    expect(await stage.look(handle, stranger)).toEqual({ kind: 'not_found' });
    expect(await stage.finish(handle, { browserToken: stranger })).toEqual({ kind: 'not_found' });
    expect(await stage.finish('x'.repeat(43))).toEqual({ kind: 'not_found' });
    expect(await stage.account()).toMatchObject({ state: 'issued' });
  });
});
