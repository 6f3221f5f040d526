/** Contract of every engine: of many that want the same thing at once, one gets it, and nobody's addition is lost. */
import { describe, expect, it } from '@jest/globals';
import { isDomainError } from '../../../src/base/errors.ts';
import { add, insert, replace, type Stored, type Write } from '../../../src/store/port.ts';
import { freshStore, type OpenFresh } from './fresh-store.ts';
import { courses, type Ticket, tickets } from './sample-records.ts';

const twenty = Array.from({ length: 20 }, (_, position) => position);

export function describeRaces(openFresh: OpenFresh): void {
  describe('races', () => {
    const fresh = freshStore(openFresh);

    /** How the commits ended: `done`, or the code with which each was refused. */
    const commitAll = async (commits: readonly (readonly Write[])[]): Promise<string[]> => {
      const { store } = fresh();
      const results = await Promise.allSettled(commits.map((writes) => store.commit(writes)));
      return results.map((result) => {
        if (result.status === 'fulfilled') return 'done';
        if (isDomainError(result.reason)) return result.reason.code;
        throw result.reason;
      });
    };

    const onceAnd = (code: string): string[] => ['done', ...Array<string>(19).fill(code)];

    it('lets exactly one of twenty consume a record, and keeps that one’s writes alone', async () => {
      const { store } = fresh();
      await store.commit([insert(tickets, { id: 't1', uses: 0 })]);
      const consumed = twenty.map(async (number) => {
        const read = (await store.get(tickets, 't1')) as Stored<Ticket>;
        return [
          replace(tickets, { ...read, holder: `h${number}` }),
          insert(courses, { id: `by${number}`, isOpen: true }),
        ];
      });
      expect((await commitAll(await Promise.all(consumed))).sort()).toEqual(onceAnd('store.conflict'));
      const winner = (await store.get(tickets, 't1'))?.holder?.replace('h', 'by');
      const { records } = await store.find(courses, { index: 'open' });
      expect(records.map((record) => record.id)).toEqual([winner]);
    });

    it('lets exactly one of twenty take an id', async () => {
      const outcomes = await commitAll(twenty.map((number) => [insert(courses, { id: 'c1', code: `c${number}` })]));
      expect(outcomes.sort()).toEqual(onceAnd('store.duplicate'));
    });

    it('lets exactly one of twenty take a unique value', async () => {
      const outcomes = await commitAll(twenty.map((number) => [insert(courses, { id: `c${number}`, code: 'A' })]));
      expect(outcomes.sort()).toEqual(onceAnd('store.duplicate'));
    });

    it('sums up all of twenty additions, the first of which makes the record', async () => {
      const outcomes = await commitAll(
        twenty.map((number) => [
          add(tickets, 't1', { uses: number }, { id: 't1', uses: number }),
          insert(courses, { id: `c${number}`, isOpen: true }),
        ]),
      );
      expect(outcomes).toEqual(twenty.map(() => 'done'));
      expect((await fresh().store.get(tickets, 't1'))?.uses).toBe(190);
      expect(await fresh().store.count(courses, { index: 'open' })).toBe(20);
    });

    it('loses no update when everybody reads again after a conflict', async () => {
      const { store } = fresh();
      await store.commit([insert(tickets, { id: 't1', uses: 0 })]);
      const increase = async (): Promise<void> => {
        const read = (await store.get(tickets, 't1')) as Stored<Ticket>;
        try {
          await store.commit([replace(tickets, { ...read, uses: read.uses + 1 })]);
        } catch (error) {
          if (!isDomainError(error, 'store.conflict')) throw error;
          await increase();
        }
      };
      await Promise.all(twenty.map(increase));
      expect((await store.get(tickets, 't1'))?.uses).toBe(20);
    });
  });
}
