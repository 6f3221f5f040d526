/** A collection declared differently than at the last start: its indexes follow, its records stay. */
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../../src/store/open.ts';
import { type Collection, findOne, insert, replace, type Store } from '../../../src/store/port.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFiles } from './temporary-file.ts';

interface Room {
  readonly id: string;
  readonly name?: string;
  readonly floor?: number;
  readonly tags?: readonly string[];
  readonly closesAt?: number;
}

const newPath = temporaryFiles();
const clock = new FakeClock();

const declare = (indexes: Collection<Room>['indexes'], expiresAt?: 'closesAt'): Collection<Room> => ({
  name: 'rooms',
  indexes,
  ...(expiresAt === undefined ? {} : { expiresAt }),
});
const open = (path: string, rooms: Collection<Room>): Promise<Store> =>
  openStore({ url: `sqlite:${path}`, collections: [rooms], clock });

const plain = declare([]);
const byName = declare([{ name: 'name', fields: ['name'] }]);
const byUniqueName = declare([{ name: 'name', fields: ['name'], unique: true }]);
const byEverything = declare([
  { name: 'tags', fields: ['tags'], multiple: true },
  { name: 'place', fields: ['floor', 'name'] },
]);

async function written(path: string, rooms: Collection<Room>, ...records: readonly Room[]): Promise<string> {
  const store = await open(path, rooms);
  await store.commit(records.map((record) => insert(rooms, record)));
  await store.close();
  return path;
}

describe('a changed declaration', () => {
  it('finds old records by new indexes, and keeps the new indexes right', async () => {
    const path = await written(newPath(), byName, { id: 'r1', name: 'N', floor: 2, tags: ['x', 'y'] });
    const store = await open(path, byEverything);
    expect(await findOne(store, byEverything, 'tags', 'y')).toMatchObject({ id: 'r1' });
    expect(await findOne(store, byEverything, 'place', 2, 'N')).toMatchObject({ id: 'r1' });
    await store.commit([replace(byEverything, { id: 'r1', version: 1, name: 'M', floor: 2, tags: ['z'] })]);
    expect(await store.count(byEverything, { index: 'tags', equals: ['y'] })).toBe(0);
    expect(await findOne(store, byEverything, 'place', 2, 'M')).toMatchObject({ id: 'r1', version: 2 });
    await store.close();
  });

  it('goes there and back again', async () => {
    const path = newPath();
    for (const [position, rooms] of [byEverything, plain, byEverything, byName].entries()) {
      await written(path, rooms, { id: `r${position}`, name: 'N', floor: 1, tags: ['x'] });
    }
    const store = await open(path, byEverything);
    expect(await store.count(byEverything, { index: 'tags', equals: ['x'] })).toBe(4);
    expect(await store.count(byEverything, { index: 'place' })).toBe(4);
    await store.close();
  });

  it('makes an index unique when its values are', async () => {
    const path = await written(newPath(), byName, { id: 'r1', name: 'A' }, { id: 'r2', name: 'B' });
    const store = await open(path, byUniqueName);
    const second = store.commit([insert(byUniqueName, { id: 'r3', name: 'A' })]);
    await expect(second).rejects.toMatchObject({ code: 'store.duplicate' });
    await store.close();
  });

  it('refuses to make an index unique over a value held twice, and leaves the store as it was', async () => {
    const path = await written(newPath(), byName, { id: 'r1', name: 'A' }, { id: 'r2', name: 'A' });
    await expect(open(path, byUniqueName)).rejects.toMatchObject({
      code: 'store.upgrade_failed',
      cause: { code: 'store.duplicate' },
    });
    const store = await open(path, byName);
    expect(await store.count(byName, { index: 'name', equals: ['A'] })).toBe(2);
    await store.close();
  });

  it('lets records expire by a field that has become the expiry', async () => {
    const expiring = declare([{ name: 'name', fields: ['name'] }], 'closesAt');
    const path = await written(newPath(), byName, { id: 'r1', name: 'A', closesAt: clock.now() + 10 }, { id: 'r2' });
    const store = await open(path, expiring);
    expect(await store.get(expiring, 'r1')).toBeDefined();
    clock.advance(10);
    expect(await store.get(expiring, 'r1')).toBeUndefined();
    expect(await store.get(expiring, 'r2')).toBeDefined();
    await store.close();
    const lasting = await open(path, byName);
    expect(await lasting.get(byName, 'r1')).toBeDefined();
    await lasting.close();
  });

  it('waits until no process with the old declaration has the file open', async () => {
    const path = newPath();
    const old = await open(path, byName);
    await old.commit([insert(byName, { id: 'r1', name: 'A', floor: 3, tags: ['x'] })]);
    expect(() => openSqlite({ path, collections: [byEverything], clock, busyTimeoutMs: 1 })).toThrow('store.in_use');
    // It goes on undisturbed, its own index with it.
    expect(await findOne(old, byName, 'name', 'A')).toMatchObject({ id: 'r1' });
    await old.close();
    const fresh = await open(path, byEverything);
    expect(await findOne(fresh, byEverything, 'tags', 'x')).toMatchObject({ id: 'r1' });
    await fresh.close();
  });
});
