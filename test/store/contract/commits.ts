/** Contract of every engine: the four kinds of write, what each refuses, and that a commit is all or nothing. */
import { describe, expect, it } from '@jest/globals';
import { add, insert, remove, replace, type Stored, type Write } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { type Course, courses, tickets } from './sample-records.ts';

/** Of the record, so many lists one in another, and what is in the last. */
const nested = (levels: number): string =>
  JSON.parse(`${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`) as unknown as string;

const at = (id: string, version: number): Stored<Course> => ({ id, version });

export function describeCommits(openFresh: OpenFresh): void {
  describe('commits', () => {
    const fresh = freshStore(openFresh);

    it('replaces a record whose version has not moved, and counts the version up', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', title: 'old', code: 'X' })]);
      await store.commit([replace(courses, { id: 'c1', version: 1, title: 'new' })]);
      expect(await store.get(courses, 'c1')).toEqual({ id: 'c1', title: 'new', version: 2 });
    });

    it('removes a record by id, and says nothing when there is none', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' })]);
      await store.commit([remove(courses, 'c1'), remove(courses, 'never')]);
      expect(await store.get(courses, 'c1')).toBeUndefined();
    });

    it('removes a record at the version given', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' })]);
      await store.commit([remove(courses, 'c1', 1)]);
      expect(await store.get(courses, 'c1')).toBeUndefined();
    });

    it('adds to the numbers of a record and leaves the rest alone', async () => {
      const { store } = fresh();
      await store.commit([insert(tickets, { id: 't1', uses: 2, holder: 'h' })]);
      await store.commit([add(tickets, 't1', { uses: 3 }, { id: 't1', uses: 0 })]);
      expect(await store.get(tickets, 't1')).toEqual({ id: 't1', uses: 5, holder: 'h', version: 2 });
    });

    it('inserts the record named for the case when there is nothing to add to', async () => {
      const { store } = fresh();
      await store.commit([add(tickets, 't1', { uses: 3 }, { id: 't1', uses: 1, holder: 'h' })]);
      expect(await store.get(tickets, 't1')).toEqual({ id: 't1', uses: 1, holder: 'h', version: 1 });
    });

    it('sees its own earlier writes within one commit', async () => {
      const { store } = fresh();
      await store.commit([
        insert(courses, { id: 'c1', code: 'A' }),
        replace(courses, { id: 'c1', version: 1, code: 'B' }),
        insert(courses, { id: 'c2', code: 'A' }),
      ]);
      expect((await store.get(courses, 'c1'))?.code).toBe('B');
    });

    it('does nothing for an empty commit', async () => {
      await expect(fresh().store.commit([])).resolves.toBeUndefined();
    });

    it.each<[string, string, Write]>([
      ['an insert of an id that is there', 'store.duplicate', insert(courses, { id: 'c1' })],
      ['an insert of a unique value that is taken', 'store.duplicate', insert(courses, { id: 'c9', code: 'A' })],
      [
        'a replace that takes another record’s unique value',
        'store.duplicate',
        replace(courses, { ...at('c2', 1), code: 'A' }),
      ],
      ['a replace at a version that has moved', 'store.conflict', replace(courses, at('c1', 1))],
      ['a replace at a version that has not come yet', 'store.conflict', replace(courses, at('c1', 3))],
      ['a replace of a record that is not there', 'store.conflict', replace(courses, at('c9', 1))],
      ['a removal at a version that has moved', 'store.conflict', remove(courses, 'c1', 1)],
      ['a removal, at a version, of a record that is not there', 'store.conflict', remove(courses, 'c9', 1)],
      ['an insert of what is nested too deep', 'input.invalid', insert(courses, { id: 'c9', title: nested(501) })],
      [
        'a replace by what is nested too deep',
        'input.invalid',
        replace(courses, { ...at('c1', 2), title: nested(501) }),
      ],
      ['an insert of an id with half a surrogate pair', 'input.invalid', insert(courses, { id: 'c\ud800' })],
      ['a removal of an id with half a surrogate pair', 'input.invalid', remove(courses, 'c\ud800')],
    ])('refuses %s, with %s, and undoes the writes before it in every collection', async (_what, code, refused) => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' }), insert(courses, { id: 'c2', code: 'B' })]);
      await store.commit([replace(courses, { id: 'c1', version: 1, code: 'A', title: 'kept' })]);
      const writes = [
        insert(tickets, { id: 't1', uses: 0 }),
        remove(courses, 'c2'),
        insert(courses, { id: 'c2' }),
        refused,
      ];
      await expect(store.commit(writes)).rejects.toMatchObject({ name: 'DomainError', code });
      expect(await store.get(tickets, 't1')).toBeUndefined();
      expect(await store.get(courses, 'c1')).toEqual({ id: 'c1', version: 2, code: 'A', title: 'kept' });
      expect(await store.get(courses, 'c2')).toEqual({ id: 'c2', version: 1, code: 'B' });
    });

    it('refuses an addition that would begin with another record’s unique value, also alone', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', code: 'A' })]);
      const adding = add(courses, 'c9', { year: 1 }, { id: 'c9', code: 'A', year: 1 });
      await expect(store.commit([adding])).rejects.toMatchObject({ code: 'store.duplicate' });
      expect(await store.get(courses, 'c9')).toBeUndefined();
    });

    it('removes nothing for an id that is no text, and asks for something else', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1' })]);
      const wrong = remove(courses, { $ne: '' } as unknown as string);
      await expect(store.commit([wrong])).rejects.toThrow(TypeError);
      expect(await store.get(courses, 'c1')).toBeDefined();
    });

    it('takes what is nested as deep as it may be', async () => {
      const { store } = fresh();
      await store.commit([insert(courses, { id: 'c1', title: nested(500) })]);
      await store.commit([replace(courses, { ...at('c1', 1), title: nested(500), code: 'A' })]);
      expect(JSON.stringify((await store.get(courses, 'c1'))?.title)).toBe(JSON.stringify(nested(500)));
    });

    it('is usable after a refusal', async () => {
      const { store } = fresh();
      await expect(store.commit([replace(courses, at('c1', 1))])).rejects.toMatchObject({ code: 'store.conflict' });
      await store.commit([insert(courses, { id: 'c1' })]);
      expect(await store.get(courses, 'c1')).toBeDefined();
    });

    it.each<[string, Write]>([
      ['an indexed field with an object', insert(courses, { id: 'c1', code: { $gt: '' } } as unknown as Course)],
      ['search terms that are no strings', insert(courses, { id: 'c1', words: [1] } as unknown as Course)],
      ['search terms that are no list', insert(courses, { id: 'c1', words: 'one' } as unknown as Course)],
      ['an expiry that is no instant', insert(tickets, { id: 't1', uses: 0, endsAt: 1.5 })],
      ['an empty id', insert(courses, { id: '' })],
      ['an addition whose first record has another id', add(tickets, 't1', { uses: 1 }, { id: 't2', uses: 1 })],
    ])('takes %s for a bug of the caller, and writes nothing', async (_what, wrong) => {
      const { store } = fresh();
      await expect(store.commit([insert(courses, { id: 'c0' }), wrong])).rejects.toThrow(TypeError);
      expect(await store.get(courses, 'c0')).toBeUndefined();
    });
  });
}
