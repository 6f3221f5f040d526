/** What one event reads, it reads of one state of the file; the next event reads what has been written since. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { insert, replace, type Store } from '../../../src/store/port.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { courses, sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

describe('what a store reads', () => {
  const nextFile = temporaryFiles();
  let store: Store;
  let elsewhere: Store;

  beforeEach(() => {
    const path = nextFile();
    const open = () => openSqlite({ path, collections: sampleCollections, clock: new FakeClock() });
    store = open();
    elsewhere = open();
  });
  afterEach(async () => {
    await elsewhere.close();
    await store.close();
  });

  it('is what was written before, by itself and by others, once that is acknowledged', async () => {
    for (let round = 0; round < 50; round += 1) {
      const writer = round % 2 === 0 ? store : elsewhere;
      // Held by both at the moment at which the other begins to write.
      await Promise.all([store.get(courses, 'c0'), elsewhere.get(courses, 'c0')]);
      await writer.commit([insert(courses, { id: `c${round}` })]);
      expect(await store.get(courses, `c${round}`)).toBeDefined();
      expect(await elsewhere.get(courses, `c${round}`)).toBeDefined();
    }
  });

  it('is never older than what was read to write it: a record that has moved is not replaced', async () => {
    await store.commit([insert(courses, { id: 'c' })]);
    const [here, there] = await Promise.all([store.get(courses, 'c'), elsewhere.get(courses, 'c')]);
    if (!here || !there) throw new Error('not stored');
    await elsewhere.commit([replace(courses, there)]);
    await expect(store.commit([replace(courses, here)])).rejects.toMatchObject({ code: 'store.conflict' });
    expect((await store.get(courses, 'c'))?.version).toBe(2);
  });

  it('keeps nobody from closing, right after a read', async () => {
    const reading = store.get(courses, 'c');
    await store.close();
    expect(await reading).toBeUndefined();
    await elsewhere.commit([insert(courses, { id: 'c' })]);
  });
});
