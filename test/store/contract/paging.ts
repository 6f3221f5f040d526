/** Contract of every engine: pages cover what a query finds, each record once, and a forged cursor is refused. */
import { describe, expect, it } from '@jest/globals';
import { insert, type Query, remove, type Store } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { courses } from './sample-records.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');

async function readPages(store: Store, query: Query): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const page = await store.find(courses, after === undefined ? query : { ...query, after });
    pages.push(page.records.map((record) => record.id));
    after = page.next;
  } while (after !== undefined);
  return pages;
}

export function describePaging(openFresh: OpenFresh): void {
  describe('paging', () => {
    const fresh = freshStore(openFresh);

    const fill = async (count: number): Promise<void> => {
      const records = Array.from({ length: count }, (_, position) => {
        const id = `c${String(position).padStart(4, '0')}`;
        return {
          id,
          code: id,
          faculty: 'all',
          year: position % 3,
          isOpen: position % 2 === 0,
          words: ['a', `w${position % 2}`],
        };
      });
      await fresh().store.commit(records.map((record) => insert(courses, record)));
    };

    it.each<Query>([
      { index: 'code' },
      { index: 'facultyYear' },
      { index: 'facultyYear', equals: ['all'] },
      { index: 'facultyYear', equals: ['all', 1] },
      { index: 'facultyYear', equals: ['all'], from: 1 },
      { index: 'open' },
      { index: 'words' },
      { index: 'words', from: 'w' },
      { index: 'words', equals: ['a'] },
    ])('covers %j page by page, in both directions, with full pages and none empty', async (query) => {
      await fill(24);
      const { store } = fresh();
      for (const descending of [false, true]) {
        const whole = (await store.find(courses, { ...query, descending })).records.map((record) => record.id);
        const pages = await readPages(store, { ...query, descending, limit: 4 });
        expect(pages.flat()).toEqual(whole);
        expect(pages.map((page) => page.length)).toEqual(pages.map(() => 4));
      }
    });

    it('gives 100 records unless told, and 1,000 at most', async () => {
      await fill(1_001);
      const { store } = fresh();
      expect((await store.find(courses, { index: 'code' })).records).toHaveLength(100);
      const page = await store.find(courses, { index: 'code', limit: 5_000 });
      expect(page.records).toHaveLength(1_000);
      expect(page.next).toBeDefined();
    });

    it('says that there is no next page when the last record is on this one', async () => {
      await fill(4);
      expect(await fresh().store.find(courses, { index: 'code', limit: 4 })).not.toHaveProperty('next');
    });

    it('goes on from a record that has been removed meanwhile', async () => {
      await fill(6);
      const { store } = fresh();
      const { next = '' } = await store.find(courses, { index: 'facultyYear', limit: 3 });
      await store.commit([remove(courses, 'c0001'), remove(courses, 'c0004')]);
      const rest = await store.find(courses, { index: 'facultyYear', after: next });
      expect(rest.records.map((record) => record.id)).toEqual(['c0002', 'c0005']);
    });

    it('shows nothing outside the bounds of the query, whatever the cursor says', async () => {
      await fill(6);
      const { store } = fresh();
      const { next: after = '' } = await store.find(courses, { index: 'facultyYear', equals: ['all'], limit: 1 });
      const page = await store.find(courses, { index: 'facultyYear', equals: ['all'], from: 2, after });
      expect(page.records.map((record) => record.year)).toEqual([2, 2]);
    });

    it('refuses the cursor of another index', async () => {
      await fill(6);
      const { store } = fresh();
      const { next: after = '' } = await store.find(courses, { index: 'open', limit: 1 });
      const answer = store.find(courses, { index: 'words', after });
      await expect(answer).rejects.toMatchObject({ code: 'input.invalid' });
    });

    it.each([
      ['empty', ''],
      ['no base64', '%%%'],
      ['no JSON', encode('{')],
      ['no list', encode('"c1"')],
      ['null', encode('null')],
      ['a list of nothing', encode('[]')],
      ['a list of an object', encode('[{"$gt":""}]')],
    ])('refuses a cursor that is %s', async (_what, after) => {
      const answer = fresh().store.find(courses, { index: 'code', after });
      await expect(answer).rejects.toMatchObject({ code: 'input.invalid' });
    });
  });
}
