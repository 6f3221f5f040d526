/** Contract of every engine: from its instant on an expired record is not there, for anybody, swept or not. */
import { describe, expect, it } from '@jest/globals';
import { add, findOne, insert, remove, replace, type Write } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { tickets } from './sample-records.ts';

export function describeExpiry(openFresh: OpenFresh): void {
  describe('expiry', () => {
    const fresh = freshStore(openFresh);

    /** Two tickets: `gone` expires after a second, `stays` never does. */
    const fill = async (): Promise<void> => {
      const { store, clock } = fresh();
      const gone = {
        id: 'gone',
        seat: 'S1',
        aliases: ['one', 'uno'],
        holder: 'h',
        uses: 7,
        endsAt: clock.now() + 1_000,
      };
      await store.commit([insert(tickets, gone), insert(tickets, { id: 'stays', holder: 'h', uses: 1 })]);
    };

    it('shows a record up to the last millisecond before its instant', async () => {
      await fill();
      const { store, clock } = fresh();
      clock.advance(999);
      expect(await store.get(tickets, 'gone')).toBeDefined();
      expect(await store.count(tickets, { index: 'holder', equals: ['h'] })).toBe(2);
    });

    it('hides a record from its instant on, from get, find and count', async () => {
      await fill();
      const { store, clock } = fresh();
      clock.advance(1_000);
      expect(await store.get(tickets, 'gone')).toBeUndefined();
      expect(await findOne(store, tickets, 'seat', 'S1')).toBeUndefined();
      expect(await findOne(store, tickets, 'aliases', 'one')).toBeUndefined();
      const { records } = await store.find(tickets, { index: 'holder', equals: ['h'], limit: 1 });
      expect(records.map((record) => record.id)).toEqual(['stays']);
      expect(await store.count(tickets, { index: 'holder', equals: ['h'] })).toBe(1);
      expect(await store.count(tickets, { index: 'aliases' })).toBe(0);
    });

    it.each<[string, Write]>([
      ['its id', insert(tickets, { id: 'gone', uses: 0 })],
      ['its unique value', insert(tickets, { id: 'new', seat: 'S1', uses: 0 })],
      ['one of its unique terms', insert(tickets, { id: 'new', aliases: ['two', 'uno'], uses: 0 })],
      ['its id and values together', insert(tickets, { id: 'gone', seat: 'S1', aliases: ['one'], uses: 0 })],
      ['its values by a replace', replace(tickets, { id: 'stays', version: 1, seat: 'S1', aliases: ['uno'], uses: 0 })],
    ])('lets %s be taken again, and not before', async (_what, taking) => {
      await fill();
      const { store, clock } = fresh();
      await expect(store.commit([taking])).rejects.toMatchObject({ code: 'store.duplicate' });
      clock.advance(1_000);
      await store.commit([taking]);
      const id = taking.kind === 'insert' ? taking.record.id : 'stays';
      expect((await store.get(tickets, id))?.uses).toBe(0);
      await expect(store.commit([taking])).rejects.toMatchObject({ name: 'DomainError' });
    });

    it('starts anew when something is added to an expired record', async () => {
      await fill();
      const { store, clock } = fresh();
      clock.advance(1_000);
      await store.commit([add(tickets, 'gone', { uses: 5 }, { id: 'gone', uses: 1 })]);
      expect(await store.get(tickets, 'gone')).toMatchObject({ uses: 1 });
      expect(await findOne(store, tickets, 'seat', 'S1')).toBeUndefined();
      expect(await findOne(store, tickets, 'aliases', 'one')).toBeUndefined();
    });

    it('refuses to replace, or to remove at a version, what has expired', async () => {
      await fill();
      const { store, clock } = fresh();
      clock.advance(1_000);
      const longer = replace(tickets, { id: 'gone', version: 1, uses: 0, endsAt: clock.now() + 9_000 });
      await expect(store.commit([longer])).rejects.toMatchObject({ code: 'store.conflict' });
      await expect(store.commit([remove(tickets, 'gone', 1)])).rejects.toMatchObject({ code: 'store.conflict' });
      await store.commit([remove(tickets, 'gone')]);
    });

    it('refuses who has read the expired record to replace the one that took its id', async () => {
      await fill();
      const { store, clock } = fresh();
      const read = await store.get(tickets, 'gone');
      if (read === undefined) throw new TypeError('the ticket is missing');
      clock.advance(1_000);
      await store.commit([insert(tickets, { id: 'gone', uses: 0 })]);
      await expect(store.commit([replace(tickets, read)])).rejects.toMatchObject({ code: 'store.conflict' });
    });

    it('lets a living record’s life be prolonged, and ended', async () => {
      await fill();
      const { store, clock } = fresh();
      await store.commit([replace(tickets, { id: 'gone', version: 1, uses: 0, endsAt: clock.now() + 9_000 })]);
      clock.advance(1_000);
      expect(await store.get(tickets, 'gone')).toBeDefined();
      await store.commit([replace(tickets, { id: 'gone', version: 2, uses: 0, endsAt: clock.now() })]);
      expect(await store.get(tickets, 'gone')).toBeUndefined();
    });

    it('sweeps what has expired and nothing else, as many as it was told', async () => {
      await fill();
      const { store, clock } = fresh();
      const endsAt = clock.now() + 500;
      await store.commit(['a', 'b', 'c'].map((id) => insert(tickets, { id, uses: 0, endsAt })));
      expect(await store.sweep(10)).toBe(0);
      clock.advance(500);
      expect([await store.sweep(2), await store.sweep(2), await store.sweep(2)]).toEqual([2, 1, 0]);
      expect(await store.get(tickets, 'gone')).toBeDefined();
      expect(await store.get(tickets, 'stays')).toBeDefined();
    });
  });
}
