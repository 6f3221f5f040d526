/** Contract of every engine: what was written is what is read. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findOne, insert, replace } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { type Course, courses, tickets } from './sample-records.ts';

/** Names that mean something to JavaScript or to a database. */
const meaningfulNames = [
  '__proto__',
  'constructor',
  'toJSON',
  '_bsontype',
  '$ref',
  '$id',
  '$set',
  'a.b',
  'a\0b',
  '',
  '_id',
  'id',
  'version',
];

export function describeReads(openFresh: OpenFresh): void {
  describe('reads', () => {
    const fresh = freshStore(openFresh);

    it('gives back a record as it was inserted, with its first version', async () => {
      const { store } = fresh();
      const course: Course = { id: 'c1', code: 'ILAS-1', words: ['数学', 'analysis'], title: '微分積分学「甲」' };
      await store.commit([insert(courses, course)]);
      expect(await store.get(courses, 'c1')).toEqual({ ...course, version: 1 });
    });

    it('leaves out fields that are undefined and keeps null', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', code: null, title: undefined } as unknown as Course)]);
      const read = await store.get(courses, 'c1');
      expect(Object.keys(read ?? {}).sort()).toEqual(['code', 'id', 'version']);
    });

    it('gives undefined for an id that is not there, whatever its letters', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' })]);
      for (const id of ['c2', 'C1', 'c1 ', '', "'", 'c1\0', '%', '日本']) {
        expect(await store.get(courses, id)).toBeUndefined();
      }
    });

    it('gives undefined for an id with half a surrogate pair, also where the engine would write it like another', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c\ufffd' })]);
      expect(await store.get(courses, 'c\ud800')).toBeUndefined();
      expect(await store.get(courses, 'c\ufffd')).toBeDefined();
    });

    it('keeps ids and values apart that differ in case, width or a trailing blank', async () => {
      const { store } = fresh();
      const codes = ['a', 'A', 'ａ', 'a ', 'á', 'a\u0301', 'a\0'];
      await store.commit(codes.map((code) => insert(courses, { id: code, code })));
      for (const code of codes) {
        expect((await store.get(courses, code))?.code).toBe(code);
        expect((await findOne(store, courses, 'code', code))?.id).toBe(code);
      }
    });

    it('does not let a caller change what is stored through a record it has read', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', words: ['one'] })]);
      const read = await store.get(courses, 'c1');
      tryToChange(read);
      expect((await store.get(courses, 'c1'))?.words).toEqual(['one']);
    });

    it('gives each of many readers at once a record that no other can change, whatever else is asked meanwhile', async () => {
      const { store } = fresh();
      const ids = Array.from({ length: 30 }, (_, number) => `c${number}`);
      await store.commit(ids.map((id) => insert(courses, { id, words: [id] })));
      await store.commit([insert(tickets, { id: 'c7', uses: 7 })]);
      const asked = ids.flatMap((id) => [id, id, `${id}-nobody`]);
      const read = await Promise.all(asked.map((id) => store.get(courses, id)));
      expect(read.map((course) => course?.words?.[0])).toEqual(ids.flatMap((id) => [id, id, undefined]));
      tryToChange(read[0]);
      expect(read[1]).toEqual({ id: 'c0', words: ['c0'], version: 1 });
      const [course, ticket] = await Promise.all([store.get(courses, 'c7'), store.get(tickets, 'c7')]);
      expect([course?.words, ticket?.uses]).toEqual([['c7'], 7]);
    });

    it('refuses an id that is no text, and tells nobody else who asks in the same moment', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' }), insert(courses, { id: 'c2' })]);
      const wrong = { $ne: '' } as unknown as string;
      const [first, refused, second] = await Promise.allSettled(
        ['c1', wrong, 'c2'].map((id) => store.get(courses, id)),
      );
      expect([first, second]).toMatchObject([{ value: { id: 'c1' } }, { value: { id: 'c2' } }]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { name: 'TypeError' } });
    });

    it('reads a megabyte back whole', async () => {
      const { store } = fresh();
      const title = '学'.repeat(350_000);
      await store.commit([insert(courses, { id: 'c1', title })]);
      expect((await store.get(courses, 'c1'))?.title).toBe(title);
    });

    it('gives back whatever JSON can say, in whatever names and depth', async () => {
      const { store } = fresh();
      const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...meaningfulNames));
      const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '$id', 'a\0'));
      const { tree } = fc.letrec((tie) => ({
        tree: fc.oneof(
          { depthSize: 'small' },
          texts,
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.constant(null),
          tie('list'),
          tie('map'),
        ),
        list: fc.array(tie('tree'), { maxLength: 3 }),
        map: fc.dictionary(names, tie('tree'), { maxKeys: 4 }),
      }));
      let number = 0;
      const kept = fc.asyncProperty(tree, async (drawn) => {
        number += 1;
        const title = JSON.parse(JSON.stringify(drawn)) as string;
        const id = `c${number}`;
        await store.commit([insert(courses, { id, title })]);
        expect(await store.get(courses, id)).toEqual({ id, title, version: 1 });
        await store.commit([replace(courses, { id, version: 1, title: [title] as unknown as string, code: id })]);
        expect(await findOne(store, courses, 'code', id)).toEqual({ id, title: [title], code: id, version: 2 });
      });
      await fc.assert(kept, { numRuns: 60 });
    });

    it('gives back what is nested three hundred deep', async () => {
      const { store } = fresh();
      const title = JSON.parse(`${'[{"a":'.repeat(150)}0${'}]'.repeat(150)}`) as string;
      await store.commit([insert(courses, { id: 'c1', title })]);
      expect(JSON.stringify((await store.get(courses, 'c1'))?.title)).toBe(JSON.stringify(title));
    });

    it('refuses a collection that it was not opened with', async () => {
      const { store } = fresh();
      const stranger = { name: 'strangers', indexes: [] };
      await expect(store.get(stranger, 'x')).rejects.toThrow(TypeError);
      await expect(store.commit([insert(stranger, { id: 'x' })])).rejects.toThrow(TypeError);
    });

    it('answers a ping while open, and says that it is unavailable once closed', async () => {
      const { store } = fresh();
      await store.ping();
      await store.close();
      await store.close();
      await expect(store.ping()).rejects.toMatchObject({ code: 'store.unavailable' });
      await expect(store.get(courses, 'c1')).rejects.toMatchObject({ code: 'store.unavailable' });
      await expect(store.commit([insert(courses, { id: 'c1' })])).rejects.toMatchObject({ code: 'store.unavailable' });
    });
  });
}

/** An engine may hand out frozen records; either way nobody else sees what somebody does to his. */
function tryToChange(course: Course | undefined): void {
  try {
    (course as unknown as { words: string[] }).words.push('changed');
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
  }
}
