import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { openStore } from '../../src/store/open.ts';
import { insert } from '../../src/store/port.ts';
import { type StoreOperation, tellingAll } from '../../src/store/watch.ts';
import { courses, sampleCollections } from './contract/sample-records.ts';
import { temporaryFiles } from './sqlite/temporary-file.ts';

const temporaryFile = temporaryFiles();

describe('a store that is watched', () => {
  it('tells how long each operation took, refused ones too, and how commits gathered', async () => {
    const done: StoreOperation[] = [];
    const groups: number[] = [];
    const watch = tellingAll([
      {
        operationDone(operation, milliseconds) {
          expect(milliseconds).toBeGreaterThan(0);
          done.push(operation);
        },
      },
      { groupWritten: ({ commits }) => void groups.push(commits) },
    ]);
    const store = await openStore({
      url: 'sqlite::memory:',
      collections: sampleCollections,
      clock: systemClock,
      watch,
    });
    await Promise.all(['a', 'b', 'c'].map((id) => store.commit([insert(courses, { id })])));
    await expect(store.commit([insert(courses, { id: 'a' })])).rejects.toMatchObject({ code: 'store.duplicate' });
    await store.get(courses, 'a');
    await store.find(courses, { index: 'code' });
    await store.count(courses, { index: 'code' });
    await store.close();
    expect(done).toEqual(['commit', 'commit', 'commit', 'commit', 'get', 'find', 'count']);
    expect(groups).toEqual([3, 1]);
  });

  it('tells of a file how long the file took, and nothing of what memory answered', async () => {
    const done: StoreOperation[] = [];
    const store = await openStore({
      url: `sqlite:${temporaryFile()}`,
      collections: sampleCollections,
      clock: systemClock,
      watch: { operationDone: (operation) => void done.push(operation) },
    });
    await store.commit([insert(courses, { id: 'a' })]);
    await store.get(courses, 'a');
    await store.get(courses, 'a');
    await store.find(courses, { index: 'code' });
    await store.count(courses, { index: 'code' });
    await store.close();
    expect(done).toEqual(['commit', 'get', 'find', 'count']);
  });
});
