import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { openStore, storeSetOf } from '../../src/store/open.ts';
import { type AnyCollection, insert } from '../../src/store/port.ts';
import { courses, sampleCollections } from './contract/sample-records.ts';

const open = (url: string, collections: readonly AnyCollection[] = sampleCollections) =>
  openStore({ url, collections, clock: systemClock });

describe('openStore', () => {
  it('opens a store in memory, empty each time', async () => {
    const first = await open('sqlite::memory:');
    const second = await open('sqlite::memory:');
    await first.commit([insert(courses, { id: 'c1' })]);
    expect(await second.get(courses, 'c1')).toBeUndefined();
    await Promise.all([first.close(), second.close()]);
  });

  it.each(['', 'sqlite:', 'store.db', 'postgres://user:hunter2@127.0.0.1/x', 'SQLITE:x.db'])(
    'refuses the address %j without repeating it',
    async (url) => {
      const error: unknown = await open(url).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'config.invalid' });
      expect(JSON.stringify(error)).not.toContain('hunter2');
    },
  );

  it.each<[string, AnyCollection[]]>([
    ['a collection name that is no identifier', [{ name: 'a"; DROP TABLE x', indexes: [] }]],
    ['an index name that is no identifier', [{ name: 'a', indexes: [{ name: 'b_c', fields: ['d'] }] }]],
    ['a field name that is no identifier', [{ name: 'a', indexes: [{ name: 'b', fields: ["d'"] }] }]],
    ['an expiry field that is no identifier', [{ name: 'a', indexes: [], expiresAt: 'at.end' }]],
    [
      'two collections that differ in case only',
      [
        { name: 'a', indexes: [] },
        { name: 'A', indexes: [] },
      ],
    ],
    [
      'two indexes of one name',
      [
        {
          name: 'a',
          indexes: [
            { name: 'b', fields: ['c'] },
            { name: 'b', fields: ['d'] },
          ],
        },
      ],
    ],
    ['an index without fields', [{ name: 'a', indexes: [{ name: 'b', fields: [] }] }]],
    ['a multiple index over two fields', [{ name: 'a', indexes: [{ name: 'b', fields: ['c', 'd'], multiple: true }] }]],
  ])('refuses %s', async (_what, collections) => {
    await expect(open('sqlite::memory:', collections)).rejects.toThrow(TypeError);
  });
});

describe('the name of a set', () => {
  it.each(['p/ss', 'p?ss', 'p@ss', 'p/s?s@s', 'pa%2Fss'])(
    'never shows a password, also one written as %j',
    (password) => {
      const url = `mongodb://sekisho:${password}@db1,db2/sekisho?replicaSet=rs0`;
      expect(storeSetOf({ url })?.name).toBe('mongodb://db1,db2/sekisho');
    },
  );
});
