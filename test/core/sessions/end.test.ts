import { describe, expect, it } from '@jest/globals';
import { commitEnding, endSession, planEnd, planEndAll } from '../../../src/core/sessions/end.ts';
import { type DerivedSessions, sessions } from '../../../src/core/sessions/session.ts';
import { type Collection, insert, remove, replace, type Store, type StoredRecord } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleParticipant, sampleSession } from '../sample-records.ts';

/** What a protocol might keep for each of our sessions. */
const shadows: Collection<StoredRecord> = { name: 'shadows', indexes: [] };
const derived: DerivedSessions = {
  planEnd: async ({ id }) => [remove(shadows, id)],
  planEndAccount: async (accountId) => [remove(shadows, `of ${accountId}`)],
};
const system = { kind: 'system' } as const;

describe('planEnd', () => {
  const fresh = freshWorld(shadows);

  it('ends the session, what the protocols derived from it, and says why', async () => {
    const { world, put, audited } = fresh();
    const session = await put(sessions, sampleSession());
    await put(shadows, { id: session.id });
    await world.store.commit(await planEnd(world, [derived], system, session, 'logout'));
    expect(await world.store.get(sessions, session.id)).toBeUndefined();
    expect(await world.store.get(shadows, session.id)).toBeUndefined();
    expect(await audited()).toEqual([{ type: 'session.ended', accountId: 'account-1', cause: 'logout' }]);
  });

  it('ends all of it or nothing', async () => {
    const { world, put, audited } = fresh();
    const session = await put(sessions, sampleSession());
    await put(shadows, { id: session.id });
    const writes = await planEnd(world, [derived], system, session, 'logout');
    await expect(
      world.store.commit([...writes, insert(shadows, { id: 'x' }), insert(shadows, { id: 'x' })]),
    ).rejects.toMatchObject({
      code: 'store.duplicate',
    });
    expect(await world.store.get(sessions, session.id)).toBeDefined();
    expect(await world.store.get(shadows, session.id)).toBeDefined();
    expect(await audited()).toEqual([]);
  });

  it('is refused where the session changed meanwhile: a service may have been entered that would not be told', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession());
    const writes = await planEnd(world, [], system, session, 'logout');
    await world.store.commit([replace(sessions, { ...session, participants: [sampleParticipant()] })]);
    await expect(world.store.commit(writes)).rejects.toMatchObject({ code: 'store.conflict' });
  });
});

describe('endSession', () => {
  const fresh = freshWorld(shadows);

  /** As `world`, where somebody else does something between the plan and its commit, the first time. */
  const disturbed = (disturb: () => Promise<void>) => {
    const { world } = fresh();
    let isFirst = true;
    const commit: Store['commit'] = async (writes) => {
      if (isFirst) await disturb();
      isFirst = false;
      await world.store.commit(writes);
    };
    return { ...world, store: { ...world.store, commit } };
  };

  it('ends it with the services that were entered meanwhile', async () => {
    const { world, put, audited } = fresh();
    const session = await put(sessions, sampleSession());
    const told: string[][] = [];
    const telling: DerivedSessions = {
      ...derived,
      planEnd: async ({ participants }) => {
        told.push(participants.map(({ connectionId }) => connectionId));
        return [];
      },
    };
    const busy = disturbed(() =>
      world.store.commit([replace(sessions, { ...session, participants: [sampleParticipant()] })]),
    );
    await endSession(busy, [telling], system, session, 'logout');
    expect(told).toEqual([[], ['kulasis']]);
    expect(await world.store.get(sessions, session.id)).toBeUndefined();
    expect(await audited()).toHaveLength(1);
  });

  it('does nothing where somebody else was first', async () => {
    const { world, put, audited } = fresh();
    const session = await put(sessions, sampleSession());
    await endSession(
      disturbed(() => world.store.commit([remove(sessions, session.id)])),
      [derived],
      system,
      session,
      'logout',
    );
    expect(await audited()).toEqual([]);
  });

  it('says so when what moves is something else', async () => {
    const { world } = fresh();
    const never = async () => [remove(sessions, 'never there', 1)];
    await expect(commitEnding(world, never)).rejects.toMatchObject({ code: 'store.conflict' });
  });
});

describe('planEndAll', () => {
  const fresh = freshWorld(shadows);

  it('ends every session of the account, beyond the first page, and of nobody else', async () => {
    const { world, audited } = fresh();
    const own = Array.from({ length: 230 }, (_, i) => sampleSession({ id: `own-${i}` }));
    const other = sampleSession({ id: 'other', accountId: 'account-2' });
    await world.store.commit([...own, other].map((session) => insert(sessions, session)));
    await world.store.commit(own.map(({ id }) => insert(shadows, { id })));

    await world.store.commit(await planEndAll(world, [derived], system, 'account-1', 'suspended'));
    const left = (accountId: string) => world.store.count(sessions, { index: 'byAccount', equals: [accountId] });
    expect(await left('account-1')).toBe(0);
    expect(await left('account-2')).toBe(1);
    expect(await Promise.all(own.map(({ id }) => world.store.get(shadows, id)))).toEqual(own.map(() => undefined));
    expect(await audited()).toHaveLength(230);
  });

  it("ends what the account has beyond its sessions, where it has no session too, and nobody else's", async () => {
    const { world, put } = fresh();
    for (const id of ['of account-1', 'of account-2']) await put(shadows, { id });
    await world.store.commit(await planEndAll(world, [derived], system, 'account-1', 'suspended'));
    expect(await world.store.get(shadows, 'of account-1')).toBeUndefined();
    expect(await world.store.get(shadows, 'of account-2')).toBeDefined();
  });
});
