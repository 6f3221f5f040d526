import { beforeEach, describe, expect, it } from '@jest/globals';
import { isDomainError } from '../../../src/base/errors.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { fencedStore } from '../../../src/core/leases/fenced-store.ts';
import { handBack, renew, take } from '../../../src/core/leases/hold.ts';
import { fenceWrite, type Hold, type Lease, leaseFences, leases } from '../../../src/core/leases/lease.ts';
import type { World } from '../../../src/core/world.ts';
import { openStore } from '../../../src/store/open.ts';
import { type Collection, insert, type Stored, type StoredRecord } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const sheets: Collection<StoredRecord> = { name: 'sheets', indexes: [] };
const length = 30_000;

describe('a lease', () => {
  let world: World;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = new FakeClock();
    const store = await openStore({ url: 'sqlite::memory:', collections: [leases, leaseFences, sheets], clock });
    world = { store, clock, ids: systemIds };
  });

  const seen = () => world.store.get(leases, 'sweep');

  async function taken(holder: string): Promise<Hold> {
    const outcome = await take(world, { job: 'sweep', holder, length }, await seen());
    if (!outcome) throw new Error('another was first');
    return outcome.hold;
  }

  const outcomeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (isDomainError(error) ? error.code : String(error)),
    );

  it('goes to exactly one of twenty that take it at once, free or held', async () => {
    for (const round of ['free', 'held']) {
      const lease = await seen();
      const nodes = Array.from({ length: 20 }, (_, number) => `${round}-${number}`);
      const outcomes = await Promise.all(nodes.map((holder) => take(world, { job: 'sweep', holder, length }, lease)));
      const winners = outcomes.filter((outcome) => outcome !== undefined);
      expect(winners).toHaveLength(1);
      expect((await seen())?.holder).toBe(winners[0]?.hold.holder);
    }
  });

  it('refuses the commit of its former holder as a whole, and says that the lease is lost', async () => {
    const old = await taken('a');
    await taken('b');
    const lost: string[] = [];
    const store = fencedStore(world.store, old, () => lost.push('a'));
    expect(await outcomeOf(store.commit([insert(sheets, { id: 's1' })]))).toBe('store.conflict');
    expect(await outcomeOf(world.store.commit([insert(sheets, { id: 's1' }), fenceWrite(old)]))).toBe(
      'store.duplicate',
    );
    expect(await world.store.get(sheets, 's1')).toBeUndefined();
    expect(lost).toEqual(['a']);
  });

  it('lets commits of its holder pass, several at once and between renewals', async () => {
    const hold = await taken('a');
    const store = fencedStore(world.store, hold, () => expect('lost').toBe('held'));
    const commits = Array.from({ length: 10 }, (_, number) => store.commit([insert(sheets, { id: `s${number}` })]));
    expect(await renew(world, hold, { tries: 1 }, length)).toBe(true);
    await Promise.all(commits);
    await store.commit([insert(sheets, { id: 'last' })]);
    expect(await renew(world, hold, { tries: 1 }, length)).toBe(true);
    expect((await world.store.get(leaseFences, 'sweep/1'))?.passed).toBe(11);
  });

  it('leaves the job’s own lost race what it is', async () => {
    const store = fencedStore(world.store, await taken('a'), () => expect('lost').toBe('held'));
    await store.commit([insert(sheets, { id: 's1' })]);
    expect(await outcomeOf(store.commit([insert(sheets, { id: 's1' })]))).toBe('store.duplicate');
  });

  it('lets nothing pass any more once it is handed back', async () => {
    const hold = await taken('a');
    expect(await handBack(world, hold, { tries: 0, lastOutcome: 'done' })).toBe(true);
    expect(await outcomeOf(world.store.commit([fenceWrite(hold)]))).toBe('store.duplicate');
    expect(await seen()).toMatchObject({ token: 2, tries: 0, lastOutcome: 'done' });
    expect(await seen()).not.toHaveProperty('holder');
  });

  it('can be neither renewed nor handed back by its former holder', async () => {
    const old = await taken('a');
    const held = { ...(await taken('b')) };
    const before = await seen();
    expect(await renew(world, old, { tries: 0 }, length)).toBe(false);
    expect(await handBack(world, old, { tries: 0 })).toBe(false);
    expect(await seen()).toEqual(before);
    expect(await outcomeOf(world.store.commit([fenceWrite(held)]))).toBe('done');
  });

  it('remembers a holder that was lost: as abandoned, and as a try', async () => {
    await taken('a');
    await taken('b');
    expect(await seen()).toMatchObject({ holder: 'b', token: 2, lastOutcome: 'abandoned', tries: 2 });
  });

  it('stays with its holder when its time by the clock is over, as long as nobody takes it', async () => {
    const hold = await taken('a');
    clock.advance(100 * length);
    expect(await outcomeOf(world.store.commit([fenceWrite(hold)]))).toBe('done');
    expect(await renew(world, hold, { tries: 1 }, length)).toBe(true);
    expect((await seen()) as Stored<Lease>).toMatchObject({ expiresAt: clock.now() + length });
  });
});
