import { describe, expect, it } from '@jest/globals';
import { passwordOf } from '../../../src/core/credentials/credential.ts';
import { type PasswordChange, setPassword } from '../../../src/core/credentials/set-password.ts';
import { type Account, accounts } from '../../../src/core/people/account.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { insert, replace } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleAccount, samplePerson, sampleSession } from '../sample-records.ts';

describe('setPassword', () => {
  const fresh = freshWorld();
  const operator = { kind: 'operator', id: 'test' } as const;

  async function set(
    account: Account,
    wishes: Partial<PasswordChange> = {},
    also: readonly ReturnType<typeof insert>[] = [],
  ) {
    const { world, hasher, put } = fresh();
    const keeping = { hasher, preset: 'kyoto', derivedSessions: [], masterKey: fresh().masterKey } as const;
    const stored = (await world.store.get(accounts, account.id)) ?? (await put(accounts, account));
    const change = {
      account: stored,
      person: samplePerson(),
      password: 'Kamo7gawaTobi',
      by: 'operator',
      ...wishes,
    } as const;
    return setPassword(world, keeping, operator, change, also);
  }

  it('makes an issued account active, with the password and the rule it was set under', async () => {
    const { world, hasher, clock, audited } = fresh();
    expect(await set(sampleAccount({ state: 'issued' }))).toEqual({ kind: 'set' });

    expect(await world.store.get(accounts, 'account-1')).toMatchObject({ state: 'active', activatedAt: clock.now() });
    const credential = await passwordOf(world.store, 'account-1');
    expect(credential).toMatchObject({ preset: 'kyoto', setAt: clock.now() });
    expect(await hasher.matches(credential?.hash, 'Kamo7gawaTobi')).toBe(true);
    expect(await audited()).toEqual([{ type: 'password.set', accountId: 'account-1', by: 'operator' }]);
  });

  it('leaves a suspended account suspended', async () => {
    await set(sampleAccount({ state: 'suspended' }));
    expect(await fresh().world.store.get(accounts, 'account-1')).toMatchObject({ state: 'suspended' });
  });

  it('puts the new password in place of the old one', async () => {
    const { world, hasher } = fresh();
    await set(sampleAccount());
    await set(sampleAccount(), { password: 'Bentenjima5Tobi' });
    const credential = await passwordOf(world.store, 'account-1');
    expect(await hasher.matches(credential?.hash, 'Kamo7gawaTobi')).toBe(false);
    expect(await hasher.matches(credential?.hash, 'Bentenjima5Tobi')).toBe(true);
  });

  it('ends every session of the account, and of nobody else', async () => {
    const { world, put, audited } = fresh();
    await put(sessions, sampleSession({ id: 'own-1' }));
    await put(sessions, sampleSession({ id: 'own-2' }));
    await put(sessions, sampleSession({ id: 'other', accountId: 'account-2' }));
    await set(sampleAccount());

    expect(await world.store.get(sessions, 'own-1')).toBeUndefined();
    expect(await world.store.get(sessions, 'own-2')).toBeUndefined();
    expect(await world.store.get(sessions, 'other')).toBeDefined();
    const ended = { type: 'session.ended', accountId: 'account-1', cause: 'password_changed' };
    expect(await audited()).toEqual([expect.objectContaining({ type: 'password.set' }), ended, ended]);
  });

  it('changes nothing where the rule refuses', async () => {
    const { world, put, audited } = fresh();
    await put(sessions, sampleSession());
    const outcome = await set(sampleAccount({ state: 'issued' }), { password: 'Hanako7gawa' });

    expect(outcome).toEqual({ kind: 'refused', problems: ['too_short', 'contains_name'] });
    expect(await passwordOf(world.store, 'account-1')).toBeUndefined();
    expect(await world.store.get(accounts, 'account-1')).toMatchObject({ state: 'issued' });
    expect(await world.store.get(sessions, 'session-1')).toBeDefined();
    expect(await audited()).toEqual([]);
  });

  it('refuses where the account changed meanwhile', async () => {
    const { world, put } = fresh();
    const account = await put(accounts, sampleAccount({ state: 'issued' }));
    await world.store.commit([replace(accounts, { ...account, state: 'closed' })]);
    await expect(set(account, { account })).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await passwordOf(world.store, 'account-1')).toBeUndefined();
  });

  it('commits what belongs to it together with it, or nothing', async () => {
    const { world, put } = fresh();
    await put(sessions, sampleSession({ id: 'taken', accountId: 'account-2' }));
    const also = [insert(sessions, sampleSession({ id: 'taken', accountId: 'account-2' }))];
    await expect(set(sampleAccount({ state: 'issued' }), {}, also)).rejects.toMatchObject({ code: 'store.duplicate' });
    expect(await world.store.get(accounts, 'account-1')).toMatchObject({ state: 'issued' });
    expect(await passwordOf(world.store, 'account-1')).toBeUndefined();
  });
});
