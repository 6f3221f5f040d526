/** Contract of every engine: what was written is what is read. */
import { describe, expect, it } from '@jest/globals';
import { findOne, insert } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { type Course, courses } from './sample-records.ts';

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
      (read as unknown as { words: string[] }).words.push('two');
      expect((await store.get(courses, 'c1'))?.words).toEqual(['one']);
    });

    it('reads a megabyte back whole', async () => {
      const { store } = fresh();
      const title = '学'.repeat(350_000);
      await store.commit([insert(courses, { id: 'c1', title })]);
      expect((await store.get(courses, 'c1'))?.title).toBe(title);
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
