import { describe, expect, it } from '@jest/globals';
import { auditEvents, auditWrite } from '../../../src/core/audit/event.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleAccount } from '../sample-records.ts';

describe('auditWrite', () => {
  const fresh = freshWorld();
  const operator = { kind: 'operator', id: 'test', address: '192.0.2.1' } as const;
  const facts = { type: 'account.issued', accountId: 'account-1' } as const;

  it('tells who did what, and when', async () => {
    const { world, clock } = fresh();
    await world.store.commit([auditWrite(world, operator, facts)]);
    const { records } = await world.store.find(auditEvents, { index: 'byTime' });
    expect(records).toEqual([expect.objectContaining({ at: clock.now(), actor: operator, facts })]);
  });

  it('is written with the change that it tells of', async () => {
    const { world, audited } = fresh();
    await world.store.commit([insert(accounts, sampleAccount()), auditWrite(world, operator, facts)]);
    expect(await audited()).toEqual([facts]);
  });

  it('is rolled back with the change that it tells of', async () => {
    const { world, put, audited } = fresh();
    await put(accounts, sampleAccount());
    const again = insert(accounts, sampleAccount({ id: 'account-2' }));
    await expect(world.store.commit([auditWrite(world, operator, facts), again])).rejects.toMatchObject({
      code: 'store.duplicate',
    });
    expect(await audited()).toEqual([]);
  });

  it('is another event each time', async () => {
    const { world, audited } = fresh();
    await world.store.commit([auditWrite(world, operator, facts), auditWrite(world, operator, facts)]);
    expect(await audited()).toEqual([facts, facts]);
  });
});
