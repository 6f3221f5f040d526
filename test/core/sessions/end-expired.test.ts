import { describe, expect, it } from '@jest/globals';
import { days, hours } from '../../../src/base/duration.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { endExpired } from '../../../src/core/sessions/end-expired.ts';
import { type DerivedSessions, type Session, sessions } from '../../../src/core/sessions/session.ts';
import { openStore } from '../../../src/store/open.ts';
import { type Collection, insert, replace } from '../../../src/store/port.ts';
import { temporaryFiles } from '../../store/sqlite/temporary-file.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleSession, startInstant } from '../sample-records.ts';

const going = new AbortController().signal;

describe('a store of the former version, in which sessions that were over could not be seen', () => {
  const newFile = temporaryFiles();

  it('gives them up to be ended', async () => {
    const clock = new FakeClock();
    const url = `sqlite:${newFile()}`;
    const former: Collection<Session> = {
      name: sessions.name,
      indexes: sessions.indexes.filter(({ name }) => name !== 'byEnd'),
      expiresAt: 'expiresAt',
    };
    const before = await openStore({ url, collections: [former], clock });
    await before.commit([
      insert(former, sampleSession({ id: 'over' })),
      insert(former, sampleSession({ id: 'going', expiresAt: startInstant + hours(9) })),
    ]);
    clock.advance(hours(2));
    expect(await before.get(former, 'over')).toBeUndefined();
    await before.close();
    const store = await openStore({ url, collections: [sessions, auditEvents], clock });
    try {
      const told: string[] = [];
      const telling: DerivedSessions = {
        planEnd: async ({ id }) => {
          told.push(id);
          return [];
        },
        planEndAccount: async () => [],
      };
      expect(await endExpired({ store, clock, ids: systemIds }, [telling], going)).toBe(1);
      expect(told).toEqual(['over']);
      clock.advance(days(365));
      await store.sweep(100);
      expect(await store.get(sessions, 'going')).toBeDefined();
    } finally {
      await store.close();
    }
  });
});

describe('endExpired', () => {
  const fresh = freshWorld();
  const ends: DerivedSessions = { planEnd: async () => [], planEndAccount: async () => [] };

  it('ends what was idle too long and what reached its lifetime, says which, and leaves the others', async () => {
    const { world, clock, put, audited } = fresh();
    const end = startInstant + hours(2);
    await put(sessions, sampleSession({ id: 'idle', accountId: 'a-idle' }));
    await put(sessions, sampleSession({ id: 'old', accountId: 'b-old', endsAt: end, expiresAt: end }));
    await put(sessions, sampleSession({ id: 'going', expiresAt: end + 1 }));
    clock.advance(hours(2));
    expect(await endExpired(world, [ends], going)).toBe(2);
    expect(await world.store.count(sessions, { index: 'byEnd' })).toBe(1);
    expect(await world.store.get(sessions, 'going')).toBeDefined();
    const told = (await audited()).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(told).toEqual([
      { type: 'session.ended', accountId: 'a-idle', cause: 'idle' },
      { type: 'session.ended', accountId: 'b-old', cause: 'lifetime' },
    ]);
  });

  it('catches up with more than one batch, and does nothing twice', async () => {
    const { world, clock, audited } = fresh();
    const ids = Array.from({ length: 130 }, (_, number) => `session-${number}`);
    await world.store.commit(ids.map((id) => insert(sessions, sampleSession({ id }))));
    clock.advance(hours(24 * 30));
    const counts = await Promise.all([endExpired(world, [ends], going), endExpired(world, [ends], going)]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(130);
    expect(await audited()).toHaveLength(130);
    expect(await endExpired(world, [ends], going)).toBe(0);
  });

  it('leaves a session alone that is used at the last moment', async () => {
    const { world, clock, put, audited } = fresh();
    const session = await put(sessions, sampleSession());
    clock.advance(hours(2));
    const used: DerivedSessions = {
      ...ends,
      planEnd: async () => {
        await world.store.commit([replace(sessions, { ...session, expiresAt: startInstant + hours(4) })]);
        return [];
      },
    };
    expect(await endExpired(world, [used], going)).toBe(0);
    expect(await world.store.get(sessions, session.id)).toBeDefined();
    expect(await audited()).toEqual([]);
  });

  it('ends the others where one cannot be ended, and then says so', async () => {
    const { world, clock, put } = fresh();
    for (const id of ['a', 'b', 'c']) await put(sessions, sampleSession({ id }));
    clock.advance(hours(2));
    const failing: DerivedSessions = {
      ...ends,
      planEnd: async ({ id }) => {
        if (id === 'a') throw new Error('unreadable');
        return [];
      },
    };
    await expect(endExpired(world, [failing], going)).rejects.toThrow('unreadable');
    expect((await world.store.find(sessions, { index: 'byEnd' })).records.map(({ id }) => id)).toEqual(['a']);
  });

  it('stops after the batch at hand when it is asked to', async () => {
    const { world, clock } = fresh();
    const ids = Array.from({ length: 50 }, (_, number) => `session-${number}`);
    await world.store.commit(ids.map((id) => insert(sessions, sampleSession({ id }))));
    clock.advance(hours(2));
    const asked = new AbortController();
    const asking: DerivedSessions = {
      ...ends,
      planEnd: async () => {
        asked.abort();
        return [];
      },
    };
    expect(await endExpired(world, [asking], asked.signal)).toBe(20);
    expect(await endExpired(world, [ends], going)).toBe(30);
  });
});
