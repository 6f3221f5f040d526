/** Contract of every engine: whoever moves a whole store finds all of it, and puts records in as they are. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnyRecord } from '../../../src/store/contents.ts';
import { add, findOne, insert, replace } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { contentsAt, type FreshAddress, openingOf, storeAt, within } from './fresh-address.ts';
import { type Course, courses, type Ticket, tickets } from './sample-records.ts';

const clock = new FakeClock();
const course = (fields: Course & { readonly version: number }): AnyRecord => fields;
const ticket = (fields: Ticket & { readonly version: number }): AnyRecord => fields;

export function describeContents(fresh: FreshAddress): void {
  describe('the contents of a store', () => {
    it('are its records with their versions in the order of UTF-8, page by page, expired ones too', async () => {
      const url = await fresh();
      const ids = ['', '\u{10000}', '\uffff', '～', 'あ', 'ab', 'a', 'B'].map((end) => `x${end}`);
      const ends = clock.now() + 1_000;
      await within(storeAt(url), async (store) => {
        await store.commit(ids.map((id) => insert(courses, { id })));
        await store.commit([insert(tickets, { id: 'late', uses: 1, endsAt: ends })]);
        await store.commit([add(tickets, 'late', { uses: 2 }, { id: 'late', uses: 0 })]);
      });
      const later = new FakeClock();
      later.advance(2_000);
      await within(contentsAt(url, { clock: later }), async (contents) => {
        const found: string[] = [];
        for (let after: string | undefined; ; after = found.at(-1)) {
          const page = await contents.page(courses, after, 3);
          found.push(...page.map(({ id }) => id));
          if (page.length < 3) break;
        }
        expect(found).toEqual(ids.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
        expect(await contents.page(tickets, undefined, 3)).toEqual([{ id: 'late', uses: 3, endsAt: ends, version: 2 }]);
        expect(await contents.counts()).toEqual({ courses: ids.length, tickets: 1 });
      });
    });

    it('are written as they are, version, expiry and all, and found by their indexes', async () => {
      const url = await fresh();
      const endsAt = clock.now() + 1_000;
      await within(contentsAt(url), async (contents) => {
        await contents.prepare();
        await contents.write(courses, [course({ id: 'a', version: 7, code: 'c1', words: ['ki', 'mizu'] })]);
        await contents.write(tickets, [ticket({ id: 't', version: 3, seat: 's1', uses: 2, endsAt })]);
      });
      const later = new FakeClock();
      await within(storeAt(url, { clock: later }), async (store) => {
        expect(await findOne(store, courses, 'code', 'c1')).toEqual({
          id: 'a',
          version: 7,
          code: 'c1',
          words: ['ki', 'mizu'],
        });
        expect(await findOne(store, courses, 'words', 'mizu')).toMatchObject({ id: 'a' });
        const found = await store.get(tickets, 't');
        await store.commit([replace(tickets, { ...(found as Ticket & { version: number }), uses: 3 })]);
        expect(await store.get(tickets, 't')).toMatchObject({ version: 4, uses: 3 });
        later.advance(1_000);
        expect(await store.get(tickets, 't')).toBeUndefined();
      });
    });

    it('take the place of what bears the same id, and leave none of its values behind', async () => {
      const url = await fresh();
      await within(contentsAt(url), async (contents) => {
        await contents.prepare();
        await contents.write(courses, [course({ id: 'a', version: 9, code: 'c1', words: ['ki'], title: 'before' })]);
        await contents.write(courses, [
          course({ id: 'a', version: 2, code: 'c2', words: ['mizu'] }),
          course({ id: 'b', version: 1, code: 'c1' }),
        ]);
        await contents.remove(courses, ['b', 'never']);
      });
      await within(storeAt(url), async (store) => {
        expect(await store.get(courses, 'a')).toEqual({ id: 'a', version: 2, code: 'c2', words: ['mizu'] });
        expect(await findOne(store, courses, 'words', 'ki')).toBeUndefined();
        expect(await findOne(store, courses, 'code', 'c1')).toBeUndefined();
      });
    });

    it('keep what JSON can say, to the letter', async () => {
      const url = await fresh();
      await within(contentsAt(url), async (contents) => {
        await contents.prepare();
        const anything = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })));
        await fc.assert(
          fc.asyncProperty(anything, fc.nat(), async (bodies, version) => {
            const records = bodies.map((held, place) => ({ id: `r${place}`, version: version + 1, held }) as AnyRecord);
            await contents.write(courses, records);
            const kept = records.map((record) => JSON.parse(JSON.stringify(record)));
            expect(await contents.page(courses, undefined, 1_000)).toEqual(kept);
            await contents.remove(
              courses,
              records.map(({ id }) => id),
            );
          }),
          { numRuns: 60 },
        );
      });
    }, 60_000);

    it('bear a mark, which only who knows it moves, and which keeps everybody else out', async () => {
      const url = await fresh();
      await within(contentsAt(url), async (contents) => {
        await contents.prepare();
        expect(await contents.mark()).toBeUndefined();
        expect(await contents.moveMark('other', 'mine')).toBe(false);
        expect(await contents.moveMark(undefined, 'mine')).toBe(true);
        expect(await contents.moveMark(undefined, 'other')).toBe(false);
        expect(await contents.moveMark('other', undefined)).toBe(false);
        expect(await contents.mark()).toBe('mine');
        expect(await contents.counts()).toEqual({ courses: 0, tickets: 0 });
      });
      expect(await openingOf(url)).toBe('store.half_copied');
      await within(contentsAt(url), async (contents) => {
        expect(await contents.moveMark('mine', 'next')).toBe(true);
        expect(await contents.moveMark('next', undefined)).toBe(true);
      });
      await within(storeAt(url), (store) => store.ping());
    });

    it('are those of one store, whoever opens it, and of no other', async () => {
      const [one, other] = [await fresh(), await fresh()];
      const identityOf = (url: string) => within(contentsAt(url), async ({ identity }) => identity);
      const found = [await identityOf(one), await identityOf(one), await identityOf(other)];
      expect(found[1]).toBe(found[0]);
      expect(found[2]).not.toBe(found[0]);
    });
  });
}
