/** A set of its own whose members die, step down and freeze under a store that is at work. Elections are short here. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { openStore } from '../../../src/store/open.ts';
import { add, insert, type Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tryMember } from '../../support/mongo/ask-member.ts';
import { mongod } from '../../support/mongo/mongod.ts';
import { type ReplicaSet, startReplicaSet } from '../../support/mongo/replica-set.ts';
import { until } from '../../support/mongo/until.ts';
import { describeWith } from '../../support/needs.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';

describeWith(mongod, 'a store on a set that is in trouble', () => {
  let set: ReplicaSet;
  let store: Store;
  let told: string[];
  let test = 0;

  const open = (deadline: number): Promise<Store> =>
    openStore({
      url: set.url(`trouble_${test}`),
      collections: sampleCollections,
      clock: new FakeClock(),
      mongo: { pool: 20, deadline, connectTimeout: 1_000 },
      watch: {
        writesFail: () => void told.push('fail'),
        writesRecovered: (refused) => void told.push(`recovered after ${refused}`),
      },
    });

  beforeAll(async () => {
    set = await startReplicaSet({ electionTimeoutMs: 1_000 });
  }, 60_000);
  afterAll(() => set.close(), 60_000);
  beforeEach(async () => {
    test += 1;
    told = [];
    await set.settled();
  }, 60_000);
  afterEach(() => store.close(), 60_000);

  /** Single writes and transactions of several workers; answers everything that was acknowledged, and how often. */
  function work() {
    let isOver = false;
    const seen = { courses: [] as string[], added: 0 };
    const one = async (worker: number): Promise<void> => {
      for (let turn = 0; !isOver; turn += 1) {
        const id = `c${worker}-${turn}`;
        await store.commit([insert(courses, { id, isOpen: true }), addOne]);
        seen.courses.push(id);
        await store.commit([addOne]);
        seen.added += 2;
      }
    };
    const working = Promise.all(Array.from({ length: 8 }, (_, worker) => one(worker)));
    return {
      seen,
      grown: (from: number) => until('more commits', 60, () => seen.courses.length > from + 20 || undefined),
      end: () => {
        isOver = true;
        return working;
      },
    };
  }
  const addOne = add(tickets, 'count', { uses: 1 }, { id: 'count', uses: 1 });

  it.each([
    ['is killed', async (): Promise<void> => void (await (await set.primary()).kill())],
    ['steps down', () => set.stepDown()],
  ])(
    'does what it was told once, and is read whole right after, when the primary %s',
    async (_, befall) => {
      store = await open(20_000);
      const load = work();
      await load.grown(0);
      await befall();
      await set.primary();
      // Whoever reads first after the election.
      const acknowledged = [...load.seen.courses];
      const found = await Promise.all(acknowledged.map((id) => store.get(courses, id)));
      expect(found.filter((course) => course === undefined)).toEqual([]);
      await load.grown(load.seen.courses.length);
      await load.end();
      expect((await store.get(tickets, 'count'))?.uses).toBe(load.seen.added);
      expect(await store.count(courses, { index: 'open' })).toBe(load.seen.courses.length);
      expect(told).toEqual([]);
      await Promise.all(set.members.filter(({ isAlive }) => !isAlive).map((member) => member.restart()));
    },
    120_000,
  );

  it('acknowledges nothing that the primary alone has, and does it once on the next', async () => {
    store = await open(20_000);
    await store.commit([addOne]);
    const primary = await set.primary();
    const others = set.members.filter(({ host }) => host !== primary.host);
    for (const other of others) other.freeze();
    const acknowledged: number[] = [];
    const commits = [[addOne], [addOne, insert(courses, { id: 'c1', isOpen: true })]];
    const asked = commits.map((writes) => store.commit(writes).then(() => acknowledged.push(writes.length)));
    await until('the first on the primary', 10, () => usesOn(primary.host, (uses) => uses > 1));
    expect(acknowledged).toEqual([]);
    await primary.kill();
    for (const other of others) other.thaw();
    await Promise.all(asked);
    expect((await store.get(tickets, 'count'))?.uses).toBe(3);
    expect(await store.count(courses, { index: 'open' })).toBe(1);
    expect(told).toEqual([]);
    await primary.restart();
  }, 120_000);

  /** As that member has it, whoever else has. */
  async function usesOn(host: string, isIt: (uses: number) => boolean): Promise<true | undefined> {
    const client = new mongoose.mongo.MongoClient(`mongodb://${host}/`, { directConnection: true });
    try {
      const found = await client.db(`trouble_${test}`).collection('tickets').findOne({});
      return isIt(found?.body.uses) || undefined;
    } finally {
      await client.close();
    }
  }

  it('is ready while a primary is elected', async () => {
    store = await open(20_000);
    await store.ping();
    const primary = await set.primary();
    await primary.kill();
    await store.ping();
    await set.primary();
    await store.ping();
    await primary.restart();
  }, 60_000);

  describe('longer than the deadline', () => {
    const gone = async () => {
      const majority = set.members.slice(0, 2);
      await Promise.all(majority.map((member) => member.kill()));
      const last = set.members[2]?.host ?? '';
      await until('the last to notice', 30, async () => {
        const reply = await tryMember(last, { hello: 1 });
        return reply?.isWritablePrimary === false || undefined;
      });
      return () => Promise.all(majority.map((member) => member.restart()));
    };

    it('refuses, says so once, is not ready, and goes on by itself when the set is back', async () => {
      store = await open(1_000);
      await store.commit([addOne]);
      const bringBack = await gone();
      const commits = [[addOne], [insert(courses, { id: 'c1' }), addOne], [insert(courses, { id: 'c2' })]];
      const refused = await Promise.allSettled(commits.map((writes) => store.commit(writes)));
      for (const one of refused) expect(one).toMatchObject({ reason: { code: 'store.unavailable' } });
      await expect(store.get(courses, 'c1')).rejects.toMatchObject({ code: 'store.unavailable' });
      await expect(store.ping()).rejects.toMatchObject({ code: 'store.unavailable' });
      expect(told).toEqual(['fail']);
      await bringBack();
      await set.settled();
      await until('a write to go through', 30, () =>
        store.ping().then(
          () => true,
          () => undefined,
        ),
      );
      await store.commit([insert(courses, { id: 'c3' })]);
      expect(told).toHaveLength(2);
      expect(told[1]).toMatch(/^recovered after ([3-9]|\d{2,})$/);
    }, 120_000);

    it('says that it is not ready though nobody writes, and that it is when the set is back', async () => {
      store = await open(1_000);
      const bringBack = await gone();
      await until('no', 30, () =>
        store.ping().then(
          () => undefined,
          () => true,
        ),
      );
      await bringBack();
      await set.settled();
      await until('yes', 30, () =>
        store.ping().then(
          () => true,
          () => undefined,
        ),
      );
      expect(told).toEqual([]);
    }, 120_000);

    it('ends when it is closed in the middle, with an answer to everybody', async () => {
      store = await open(2_000);
      const bringBack = await gone();
      const asked = [
        store.commit([addOne]),
        store.commit([insert(courses, { id: 'c1' }), addOne]),
        store.get(courses, 'c1'),
        store.sweep(10),
        store.ping(),
      ];
      const closed = store.close();
      const late = store.commit([addOne]);
      const answers = await Promise.allSettled([late, ...asked]);
      await closed;
      for (const answer of answers.slice(0, 4)) expect(answer).toMatchObject({ reason: { code: 'store.unavailable' } });
      expect(told.filter((one) => one !== 'fail')).toEqual([]);
      await bringBack();
    }, 120_000);
  });
});
