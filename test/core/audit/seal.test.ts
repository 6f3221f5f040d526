import { describe, expect, it } from '@jest/globals';
import { isDomainError } from '../../../src/base/errors.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { type AuditBatch, auditBatches } from '../../../src/core/audit/batch.ts';
import { auditEvents, auditWrite, unsealed } from '../../../src/core/audit/event.ts';
import { sealNext } from '../../../src/core/audit/seal.ts';
import { fencedStore } from '../../../src/core/leases/fenced-store.ts';
import { handBack, take } from '../../../src/core/leases/hold.ts';
import { leaseFences, leases } from '../../../src/core/leases/lease.ts';
import type { World } from '../../../src/core/world.ts';
import { openStore } from '../../../src/store/open.ts';
import { type AnyCollection, insert } from '../../../src/store/port.ts';
import { temporaryFiles } from '../../store/sqlite/temporary-file.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { actor, auditCollections, auditStage, judge } from './audit-stage.ts';

const newPath = temporaryFiles();
const facts = { type: 'setup.link_issued' } as const;

/** Seals until nothing is left, as a sealer does that loses races. */
async function drain(world: World, limit: number): Promise<readonly AuditBatch[]> {
  const batches: AuditBatch[] = [];
  for (;;) {
    try {
      const batch = await sealNext(world, limit);
      if (!batch) return batches;
      batches.push(batch);
    } catch (error) {
      if (!isDomainError(error, 'store.conflict') && !isDomainError(error, 'store.duplicate')) throw error;
    }
  }
}

describe('sealNext', () => {
  const stage = auditStage(leases, leaseFences);

  it('says that there is nothing to seal', async () => {
    expect(await sealNext(stage().world, 10)).toBeUndefined();
    expect((await stage().judge()).problems).toEqual([]);
  });

  it('chains batches of at most so many events, the oldest first', async () => {
    const { world, tell, judge: verify } = bound(stage());
    await tell(5);
    const batches = await drain(world, 2);
    expect(batches.map(({ number, count }) => [number, count])).toEqual([
      [1, 2],
      [2, 2],
      [3, 1],
    ]);
    expect(batches.map(({ previous }) => previous)).toEqual(['', batches[0]?.hash, batches[1]?.hash]);
    const events = await stage().events();
    expect(events.map(({ batch }) => batch)).toEqual([1, 1, 2, 2, 3]);
    expect((await verify()).summary).toMatchObject({ problems: 0, batches: 3, events: 5, unsealed: { count: 0 } });
  });

  it('seals an event that a node with a slow clock dates before what is sealed already', async () => {
    const { world, clock } = stage();
    await stage().sealed(3);
    const slow: World = { ...world, clock: { now: () => clock.now() - 60_000 } };
    await world.store.commit([auditWrite(slow, actor, facts)]);
    expect(await sealNext(world, 10)).toMatchObject({ number: 2, count: 1 });
    expect((await stage().judge()).problems).toEqual([]);
  });

  it('seals each of 5,000 events once, in the chain and in the verifier’s eyes', async () => {
    const { world } = stage();
    for (let commit = 0; commit < 50; commit += 1) await stage().tell(100);
    const batches = await drain(world, 200);
    const sealed = batches.flatMap(({ entries }) => entries.map(({ id }) => id));
    expect(new Set(sealed).size).toBe(5_000);
    await stage().sign();
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, batches: 25, events: 5_000, unsigned: 0 });
  }, 60_000);

  it('adopts events from before there was a chain', async () => {
    const { world, clock } = stage();
    const old = { id: 'old', at: clock.now(), actor, facts: { type: 'account.issued', accountId: 'account-9' } };
    // biome-ignore lint/suspicious/noExplicitAny: a record as an earlier version wrote it
    await world.store.commit([insert<any>(auditEvents, old)]);
    expect(await sealNext(world, 10)).toMatchObject({ count: 1 });
    const [event] = await stage().events();
    expect(event).toMatchObject({ ...old, type: 'account.issued', accountId: 'account-9', batch: 1 });
    expect((await stage().judge()).problems).toEqual([]);
  });

  it('fails for a sealer that lost its lease, and leaves the events to the next', async () => {
    const { world } = stage();
    const taken = await take(world, { job: 'auditSeal', holder: 'one', length: 1_000 }, undefined);
    if (!taken) throw new TypeError('nobody else wanted it');
    const fenced: World = { ...world, store: fencedStore(world.store, taken.hold, () => undefined) };
    await stage().tell(4);
    await sealNext(fenced, 2);
    await handBack(world, taken.hold, { tries: 0 });
    await expect(sealNext(fenced, 2)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await sealNext(world, 10)).toMatchObject({ number: 2, count: 2 });
    expect((await stage().judge()).problems).toEqual([]);
  });

  it('seals nothing twice when the same events are read by two', async () => {
    const { world } = stage();
    await stage().tell(6);
    const outcomes = await Promise.allSettled([sealNext(world, 3), sealNext(world, 3), sealNext(world, 3)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    await drain(world, 3);
    expect(await world.store.count(auditBatches, { index: 'byNumber' })).toBe(2);
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, events: 6 });
  });

  it('loses and doubles nothing with two sealers on one file while events go on being written', async () => {
    const path = newPath();
    const clock = new FakeClock();
    const collections: readonly AnyCollection[] = [auditEvents, ...auditCollections];
    const open = async (): Promise<World> => ({
      store: await openStore({ url: `sqlite:${path}`, collections, clock }),
      clock,
      ids: systemIds,
    });
    const [one, two, writer] = [await open(), await open(), await open()];
    const writing = async () => {
      for (let number = 0; number < 60; number += 1) {
        clock.advance(number % 2 === 0 ? 2_000 : -1_000);
        await writer.store.commit([auditWrite(writer, actor, facts), auditWrite(writer, actor, facts)]);
      }
    };
    await Promise.all([writing(), drain(one, 7), drain(two, 5)]);
    const rest = await Promise.all([drain(one, 7), drain(two, 5)]);
    expect(rest.length).toBe(2);
    expect(await one.store.count(auditEvents, { index: 'byBatch', equals: [unsealed] })).toBe(0);
    expect((await judge(one, [])).summary).toMatchObject({ problems: 0, events: 120 });
    for (const world of [one, two, writer]) await world.store.close();
  }, 30_000);
});

const bound = (stage: ReturnType<ReturnType<typeof auditStage>>) => ({
  world: stage.world,
  tell: (count: number) => stage.tell(count),
  judge: stage.judge,
});
