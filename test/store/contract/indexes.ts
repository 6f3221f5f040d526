/** Contract of every engine: which records an index finds, and in which order. */
import { describe, expect, it } from '@jest/globals';
import { findOne, insert, type Query, remove, replace } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { type Course, courses } from './sample-records.ts';

const shelf: readonly Course[] = [
  { id: 'c1', code: 'E-1', faculty: 'engineering', year: 2, isOpen: true, words: ['steel', 'stone'] },
  { id: 'c2', code: 'E-2', faculty: 'engineering', year: 10, isOpen: false, words: ['stone'] },
  { id: 'c3', code: 'L-1', faculty: 'letters', year: 1, isOpen: true, words: ['style', 'steel', 'steel'] },
  { id: 'c4', faculty: 'engineering', year: 2, words: [] },
  { id: 'c5', code: null, faculty: 'engineering' },
  { id: 'c6' },
];

export function describeIndexes(openFresh: OpenFresh): void {
  describe('indexes', () => {
    const fresh = freshStore(openFresh);

    it.each<[string, Query, string[]]>([
      ['one record by a unique value', { index: 'code', equals: ['E-2'] }, ['c2']],
      ['nothing for a value nobody has', { index: 'code', equals: ['E-9'] }, []],
      ['all that have the field, in its order', { index: 'code' }, ['c1', 'c2', 'c3']],
      ['all that have the field, backwards', { index: 'code', descending: true }, ['c3', 'c2', 'c1']],
      [
        'by the first field, ordered by the second as numbers',
        { index: 'facultyYear', equals: ['engineering'] },
        ['c1', 'c4', 'c2'],
      ],
      ['by both fields, ordered by id', { index: 'facultyYear', equals: ['engineering', 2] }, ['c1', 'c4']],
      [
        'by both fields, id backwards',
        { index: 'facultyYear', equals: ['engineering', 2], descending: true },
        ['c4', 'c1'],
      ],
      ['not a number by its text', { index: 'facultyYear', equals: ['engineering', '2'] }, []],
      ['from a bound, inclusive', { index: 'facultyYear', equals: ['engineering'], from: 2 }, ['c1', 'c4', 'c2']],
      ['below a bound, exclusive', { index: 'facultyYear', equals: ['engineering'], below: 10 }, ['c1', 'c4']],
      [
        'between bounds, backwards',
        { index: 'facultyYear', from: 'e', below: 'l', descending: true },
        ['c2', 'c4', 'c1'],
      ],
      ['nothing between crossed bounds', { index: 'code', from: 'L', below: 'E' }, []],
      ['by false, which is not a missing field', { index: 'open', equals: [false] }, ['c2']],
      ['false before true', { index: 'open' }, ['c2', 'c1', 'c3']],
      ['by one of several terms', { index: 'words', equals: ['steel'] }, ['c1', 'c3']],
      [
        'by a prefix of terms, each record once at its first term',
        { index: 'words', from: 'st', below: 'su' },
        ['c1', 'c3', 'c2'],
      ],
      [
        'by a prefix, backwards, each record at its last term',
        { index: 'words', from: 'st', below: 'su', descending: true },
        ['c3', 'c2', 'c1'],
      ],
      ['only by terms within the bounds', { index: 'words', from: 'sto' }, ['c1', 'c2', 'c3']],
    ])('finds %s', async (_what, query, ids) => {
      const { store } = fresh();
      await store.commit(shelf.map((course) => insert(courses, course)));
      expect((await store.find(courses, query)).records.map((record) => record.id)).toEqual(ids);
      const { descending: _, ...countable } = query;
      expect(await store.count(courses, countable)).toBe(ids.length);
    });

    it('gives whole records with their versions', async () => {
      const { store } = fresh();
      await store.commit(shelf.map((course) => insert(courses, course)));
      expect(await findOne(store, courses, 'code', 'L-1')).toEqual({ ...shelf[2], version: 1 });
      expect(await findOne(store, courses, 'words', 'style')).toEqual({ ...shelf[2], version: 1 });
    });

    it('orders text by code point, with the engine’s own order for capitals, kana and rare characters', async () => {
      const { store } = fresh();
      const codes = ['\u{20BB7}野', 'b', '～', 'あ', 'B', 'a', '吉野', ''];
      await store.commit(codes.map((code, position) => insert(courses, { id: `c${position}`, code })));
      const found = (await store.find(courses, { index: 'code' })).records.map((record) => record.code);
      expect(found).toEqual(['', 'B', 'a', 'b', 'あ', '吉野', '～', '\u{20BB7}野']);
    });

    it('finds a record where it is now, not where it was', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', code: 'A', words: ['old', 'both'] })]);
      await store.commit([replace(courses, { id: 'c1', version: 1, code: 'B', words: ['both', 'new'] })]);
      for (const [index, value, count] of [
        ['code', 'A', 0],
        ['code', 'B', 1],
        ['words', 'old', 0],
        ['words', 'both', 1],
        ['words', 'new', 1],
      ] as const) {
        expect([value, await store.count(courses, { index, equals: [value] })]).toEqual([value, count]);
      }
      await store.commit([remove(courses, 'c1')]);
      expect(await store.count(courses, { index: 'words' })).toBe(0);
    });

    it('frees a unique value with the record that held it', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', code: 'A' })]);
      await store.commit([remove(courses, 'c1'), insert(courses, { id: 'c2', code: 'A' })]);
      expect((await findOne(store, courses, 'code', 'A'))?.id).toBe('c2');
    });

    it.each<[string, Query]>([
      ['an index that is not declared', { index: 'title', equals: ['x'] }],
      ['more values than the index has fields', { index: 'code', equals: ['x', 'y'] }],
      ['a bound after the last field', { index: 'code', equals: ['x'], from: 'y' }],
      ['a page of no records', { index: 'code', limit: 0 }],
      ['a page of half a record', { index: 'code', limit: 1.5 }],
    ])('takes %s for a bug of the caller', async (_what, query) => {
      await expect(fresh().store.find(courses, query)).rejects.toThrow(TypeError);
    });
  });
}
