import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { minutes } from '../../../src/base/duration.ts';
import { planGrant, roleGrants } from '../../../src/core/access/role-grant.ts';
import { assertSetupLink, issueSetupLink, setupLinks, useSetupLink } from '../../../src/core/access/setup-link.ts';
import { passwordOf } from '../../../src/core/credentials/credential.ts';
import { accountByLoginName, accounts } from '../../../src/core/people/account.ts';
import { freshWorld } from '../fresh-world.ts';

const chosen = { kind: 'sps', loginName: 'kyototaro12a', password: 'Kamo7gawaTobi' };
const expired = { code: 'setup.link_expired' };

describe('a setup link', () => {
  const fresh = freshWorld();
  const keeping = () =>
    ({ hasher: fresh().hasher, preset: 'kyoto', derivedSessions: [], masterKey: fresh().masterKey }) as const;
  const issue = async (): Promise<string> => {
    const token = await issueSetupLink(fresh().world);
    if (token === undefined) throw new TypeError('no link was issued');
    return token;
  };
  const use = (token: string, wishes: Partial<typeof chosen> = {}) =>
    useSetupLink(fresh().world, keeping(), token, { ...chosen, ...wishes });
  const administrators = () => fresh().world.store.count(roleGrants, { index: 'byRole', equals: ['administrator'] });

  it('makes an administrator with an active account and the password that was chosen', async () => {
    const { world, hasher } = fresh();
    expect(await use(await issue())).toEqual({ kind: 'done' });

    const account = await accountByLoginName(world.store, 'kyototaro12a');
    expect(account).toMatchObject({ state: 'active', kind: 'sps' });
    expect(await administrators()).toBe(1);
    const credential = await passwordOf(world.store, account?.id ?? '');
    expect(credential).toMatchObject({ preset: 'kyoto' });
    expect(await hasher.matches(credential?.hash, 'Kamo7gawaTobi')).toBe(true);
    expect((await fresh().audited()).map(({ type }) => type)).toEqual([
      'password.set',
      'role.granted',
      'setup.link_issued',
    ]);
  });

  it('lies in the store as a digest only, which opens nothing', async () => {
    const token = await issue();
    const { store } = fresh().world;
    expect(await store.get(setupLinks, digestOf(token))).toBeDefined();
    await expect(use(digestOf(token))).rejects.toMatchObject(expired);
  });

  it('lasts thirty minutes', async () => {
    const token = await issue();
    fresh().clock.advance(minutes(30) - 1);
    await assertSetupLink(fresh().world, token);
    fresh().clock.advance(1);
    await expect(assertSetupLink(fresh().world, token)).rejects.toMatchObject(expired);
    await expect(use(token)).rejects.toMatchObject(expired);
    expect(await administrators()).toBe(0);
  });

  it('is good for one administrator', async () => {
    const token = await issue();
    await use(token);
    await expect(use(token, { loginName: 'kyotojiro34b' })).rejects.toMatchObject(expired);
    await expect(assertSetupLink(fresh().world, token)).rejects.toMatchObject(expired);
    expect(await administrators()).toBe(1);
  });

  it('makes one administrator when it is used twice at once', async () => {
    const token = await issue();
    const used = await Promise.allSettled([use(token), use(token, { loginName: 'kyotojiro34b' })]);
    expect(used.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await administrators()).toBe(1);
    expect(await fresh().world.store.count(accounts, { index: 'byLoginName' })).toBe(1);
  });

  it('makes one administrator when the links of two starts are used at once', async () => {
    const tokens = [await issue(), await issue()];
    const used = await Promise.allSettled([use(tokens[0] ?? ''), use(tokens[1] ?? '', { loginName: 'kyotojiro34b' })]);
    const refused = used.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(used.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(refused.reason).toMatchObject(expired);
    expect(await administrators()).toBe(1);
  });

  it('is refused where somebody became administrator in another way', async () => {
    const { world } = fresh();
    const token = await issue();
    await world.store.commit(planGrant(world, { kind: 'operator' }, 'account-1', 'administrator'));
    await expect(assertSetupLink(world, token)).rejects.toMatchObject(expired);
    await expect(use(token)).rejects.toMatchObject(expired);
  });

  it('is not issued where there is an administrator', async () => {
    const { world } = fresh();
    await world.store.commit(planGrant(world, { kind: 'operator' }, 'account-1', 'administrator'));
    expect(await issueSetupLink(world)).toBeUndefined();
  });

  it.each([
    ['a password that the rule refuses', { password: 'password' }, 'too_short'],
    ['a password with the login name in it', { password: 'Kyototaro12aX' }, 'contains_login_name'],
  ])('stays good after %s', async (_what, wishes, problem) => {
    const token = await issue();
    expect(await use(token, wishes)).toMatchObject({ kind: 'refused', problems: expect.arrayContaining([problem]) });
    expect(await administrators()).toBe(0);
    expect(await use(token)).toEqual({ kind: 'done' });
  });

  it.each(['', 'made-up'])('is not %j', async (token) => {
    await issue();
    await expect(assertSetupLink(fresh().world, token)).rejects.toMatchObject(expired);
    await expect(use(token)).rejects.toMatchObject(expired);
  });
});
