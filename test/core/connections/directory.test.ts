import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { connections } from '../../../src/core/connections/connection.ts';
import { connectionDirectory } from '../../../src/core/connections/directory.ts';
import type { World } from '../../../src/core/world.ts';
import { insert, replace, type Store } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleConnection, startInstant } from '../sample-records.ts';

const fresh = freshWorld();

/** The world, and how often pages of connections were read from it. */
function counted({ store, ...world }: World): { readonly world: World; readonly pages: () => number } {
  let pages = 0;
  const find: Store['find'] = (collection, query) => {
    if (query.index === 'byState') pages += 1;
    return store.find(collection, query);
  };
  const counting: Store = Object.assign(Object.create(store) as Store, { find });
  return { world: { ...world, store: counting }, pages: () => pages };
}

const ids = async (directory: ReturnType<typeof connectionDirectory>) => (await directory()).map(({ id }) => id).sort();

describe('connectionDirectory', () => {
  it('holds what is active and listed, beyond the first page', async () => {
    const { world } = fresh();
    const many = Array.from({ length: 130 }, (_, i) => sampleConnection({ id: `c-${i}` }));
    const left = [
      sampleConnection({ id: 'suspended', state: 'suspended' }),
      sampleConnection({ id: 'unlisted', isListed: false }),
    ];
    await world.store.commit([...many, ...left].map((connection) => insert(connections, connection)));
    expect(await connectionDirectory(world)()).toHaveLength(130);
  });

  it('reads the registry once while nothing changes, and again after each change', async () => {
    const { clock, put } = fresh();
    const { world, pages } = counted(fresh().world);
    const directory = connectionDirectory(world);
    const one = await put(connections, sampleConnection({ id: 'one', changedAt: startInstant }));
    clock.advance(10);
    expect(await ids(directory)).toEqual(['one']);
    expect(await ids(directory)).toEqual(['one']);
    expect(pages()).toBe(1);

    await put(connections, sampleConnection({ id: 'two', changedAt: clock.now() }));
    clock.advance(10);
    expect(await ids(directory)).toEqual(['one', 'two']);
    await world.store.commit([replace(connections, { ...one, state: 'suspended', changedAt: clock.now() })]);
    clock.advance(10);
    expect(await ids(directory)).toEqual(['two']);
    expect(await ids(directory)).toEqual(['two']);
    expect(pages()).toBe(3);
  });

  it('does not read it again and again because of a change that a clock ahead of this one has dated', async () => {
    const { clock, put } = fresh();
    const { world, pages } = counted(fresh().world);
    const directory = connectionDirectory(world);
    await put(connections, sampleConnection({ id: 'one', changedAt: clock.now() + minutes(1) }));
    clock.advance(10);
    expect(await ids(directory)).toEqual(['one']);
    expect(await ids(directory)).toEqual(['one']);
    expect(pages()).toBe(1);
  });

  it('misses nothing that changes in the millisecond in which it reads', async () => {
    const { world, clock, put } = fresh();
    const directory = connectionDirectory(world);
    await put(connections, sampleConnection({ id: 'b', changedAt: clock.now() }));
    expect(await ids(directory)).toEqual(['b']);
    await put(connections, sampleConnection({ id: 'a', changedAt: clock.now() }));
    expect(await ids(directory)).toEqual(['a', 'b']);
  });

  it('finds within a minute what was changed under an earlier time', async () => {
    const { world, clock, put } = fresh();
    const directory = connectionDirectory(world);
    await put(connections, sampleConnection({ id: 'one', changedAt: startInstant }));
    clock.advance(10);
    await directory();
    await put(connections, sampleConnection({ id: 'late', changedAt: startInstant - 1 }));
    expect(await ids(directory)).toEqual(['one']);
    clock.advance(minutes(1));
    expect(await ids(directory)).toEqual(['late', 'one']);
  });
});
