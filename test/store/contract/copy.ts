/** Contract of every pair of engines: a copy holds what its source held, however often it was broken off. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnyRecord } from '../../../src/store/contents.ts';
import { recordsIn } from '../../../src/store/copy-seal.ts';
import { findOne, insert, remove, replace } from '../../../src/store/port.ts';
import { allIn, copy, judge, Killed, killedAt, liveAt, manyCourses, onBoth } from './copy-stage.ts';
import { contentsAt, type FreshAddress, openingOf, storeAt, within } from './fresh-address.ts';
import { courses, tickets } from './sample-records.ts';

export function describeCopy(freshSource: FreshAddress, freshTarget: FreshAddress): void {
  describe('a copy', () => {
    it('holds every record as it was, and a store opens on it', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      await within(storeAt(from), async (store) => {
        const stored = await findOne(store, courses, 'code', 'c0007');
        if (stored) await store.commit([replace(courses, { ...stored, words: ['hi', 'ki'] })]);
      });
      const end = await copy(from, to);
      expect(end).toMatchObject({ kind: 'copied', written: 301, removed: 0 });
      expect(end.kind === 'copied' && recordsIn(end.seals)).toBe(301);
      expect(await allIn(to)).toEqual(await allIn(from));
      await within(storeAt(to), async (store) => {
        expect(await findOne(store, courses, 'words', 'ki')).toMatchObject({ id: 'c0007', version: 2 });
        expect(await store.get(tickets, 'trace')).toMatchObject({ uses: 0 });
        await expect(store.commit([insert(courses, { id: 'x', code: 'c0001' })])).rejects.toMatchObject({
          code: 'store.duplicate',
        });
      });
    });

    it('of any records is equal to them', async () => {
      const anything = fc.array(
        fc.record({
          id: fc.string({ unit: 'grapheme', minLength: 1 }),
          held: fc.jsonValue({ stringUnit: 'binary' }),
          version: fc.nat(),
        }),
      );
      await fc.assert(
        fc.asyncProperty(anything, async (drawn) => {
          const records = [...new Map(drawn.map((record) => [record.id, record])).values()];
          fc.pre(records.length > 0);
          const [from, to] = [await freshSource(), await freshTarget()];
          await within(contentsAt(from), async (contents) => {
            await contents.prepare();
            await contents.write(courses, records as unknown as AnyRecord[]);
          });
          expect(await copy(from, to)).toMatchObject({ kind: 'copied', written: records.length });
          expect(await allIn(to)).toEqual(await allIn(from));
        }),
        { numRuns: 5 },
      );
    }, 60_000);

    it('leaves behind what has expired', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await within(storeAt(from), (store) =>
        store.commit([
          insert(tickets, { id: 'past', uses: 1, endsAt: liveAt }),
          insert(tickets, { id: 'present', uses: 1, endsAt: liveAt + 1 }),
        ]),
      );
      expect(await copy(from, to)).toMatchObject({ kind: 'copied', written: 1 });
      expect((await allIn(to)).tickets?.map(({ id }) => id)).toEqual(['present']);
    });

    it('made again finds that it is there, and writes nothing', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      const first = await copy(from, to);
      const seals = first.kind === 'copied' ? first.seals : undefined;
      expect(await onBoth(from, to, judge)).toEqual({ kind: 'copied_already', seals });
    });

    it.each([
      ['before anything', 'copied', 1],
      ['in the middle', 'copied', 1_700],
      ['while it is read back', 'checked', 150],
    ])('broken off %s is no store, and is whole after another try', async (_, phase, count) => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from, 2_500);
      await expect(copy(from, to, { passed: killedAt(phase, count) })).rejects.toThrow(Killed);
      expect(await openingOf(to)).toBe('store.half_copied');
      expect(await copy(from, to)).toMatchObject({ kind: 'copied', removed: 0 });
      expect(await allIn(to)).toEqual(await allIn(from));
    });

    it('writes only what lacks when it goes on', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      await expect(copy(from, to, { passed: killedAt('checked', 1) })).rejects.toThrow(Killed);
      expect(await copy(from, to)).toMatchObject({ kind: 'copied', written: 0, removed: 0 });
    });

    it('goes on also where the source has moved meanwhile, and a unique value with it', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      await expect(copy(from, to, { passed: killedAt('checked', 1) })).rejects.toThrow(Killed);
      await within(storeAt(from), async (store) => {
        const [one, other] = [await store.get(courses, 'c0001'), await store.get(courses, 'c0009')];
        if (!one || !other) throw new Error('they are there');
        await store.commit([remove(courses, 'c0009'), remove(courses, 'c0100')]);
        await store.commit([replace(courses, { ...one, code: 'c0009' }), insert(courses, { id: 'c0000a' })]);
      });
      expect(await copy(from, to)).toMatchObject({ kind: 'copied', written: 2, removed: 3 });
      expect(await allIn(to)).toEqual(await allIn(from));
    });
  });
}
