import { describe, expect, it } from '@jest/globals';
import { hasAdministrator, planGrant } from '../../../src/core/access/role-grant.ts';
import { freshWorld } from '../fresh-world.ts';

const operator = { kind: 'operator', id: 'test' } as const;

describe('planGrant', () => {
  const fresh = freshWorld();
  const grant = (accountId: string, role: 'administrator' | 'committee') =>
    fresh().world.store.commit(planGrant(fresh().world, operator, accountId, role));

  it('writes the event with the grant', async () => {
    await grant('account-1', 'committee');
    expect(await fresh().audited()).toEqual([{ type: 'role.granted', accountId: 'account-1', role: 'committee' }]);
  });

  it('refuses to give a role twice, and writes no event of it', async () => {
    await grant('account-1', 'committee');
    await expect(grant('account-1', 'committee')).rejects.toMatchObject({ code: 'store.duplicate' });
    expect(await fresh().audited()).toHaveLength(1);
  });

  it('gives several roles to one account, and one role to several', async () => {
    await grant('account-1', 'committee');
    await grant('account-1', 'administrator');
    await grant('account-2', 'committee');
    expect(await fresh().audited()).toHaveLength(3);
  });
});

describe('hasAdministrator', () => {
  const fresh = freshWorld();

  it.each([
    ['administrator', true],
    ['committee', false],
    ['desk-supervisor', false],
  ] as const)('after a grant of %s says %s', async (role, has) => {
    const { world } = fresh();
    expect(await hasAdministrator(world)).toBe(false);
    await world.store.commit(planGrant(world, operator, 'account-1', role));
    expect(await hasAdministrator(world)).toBe(has);
  });
});
