/** Contract of every pair of engines: nobody takes a part of a copy, or a wrong one, for a store; none is made over another. */
import { describe, expect, it } from '@jest/globals';
import type { AnyRecord } from '../../../src/store/contents.ts';
import { copyContents } from '../../../src/store/copy.ts';
import { type AnyCollection, insert } from '../../../src/store/port.ts';
import {
  allIn,
  copy,
  copyOn,
  interrupted,
  judge,
  Killed,
  killedAt,
  liveAt,
  manyCourses,
  onBoth,
  trace,
} from './copy-stage.ts';
import { contentsAt, type FreshAddress, openingOf, storeAt, within } from './fresh-address.ts';
import { courses, sampleCollections, tickets } from './sample-records.ts';

export function describeCopyRefusals(freshSource: FreshAddress, freshTarget: FreshAddress): void {
  describe('a copy tells', () => {
    it('when somebody wrote to the source meanwhile, and is no store then', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      const end = await onBoth(from, to, ({ source, target }) => {
        const write = () => source.write(courses, [{ id: 'c0000', version: 2, title: 'new' } as AnyRecord]);
        // Its first page has been read by then.
        return copyOn({ source: interrupted(source, (_, after) => after === 'c0099', write), target });
      });
      expect(end).toEqual({ kind: 'source_moved', collections: ['courses'] });
      expect(await openingOf(to)).toBe('store.half_copied');
      expect(await copy(from, to)).toMatchObject({ kind: 'copied' });
      expect(await allIn(to)).toEqual(await allIn(from));
    });

    it('when what is read back is not what was written, and is no store then', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      const end = await onBoth(from, to, ({ source, target }) => {
        const spoil = () => target.write(tickets, [{ id: 't', version: 1, seat: 's1', uses: 9 } as AnyRecord]);
        let isRead = false;
        const passed = (phase: string) => {
          isRead ||= phase === 'checked';
        };
        return copyOn(
          { source, target: interrupted(target, ({ name }) => isRead && name === 'tickets', spoil) },
          { passed },
        );
      });
      expect(end).toEqual({ kind: 'unequal', collections: ['tickets'] });
      expect(await openingOf(to)).toBe('store.half_copied');
      expect(await copy(from, to)).toMatchObject({ kind: 'copied', written: 1, removed: 1 });
      expect(await allIn(to)).toEqual(await allIn(from));
    });

    it('when another copy into the same store has begun', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from);
      await expect(copy(from, to, { passed: killedAt('copied', 1) })).rejects.toThrow(Killed);
      const ended = await onBoth(from, to, async (both) => {
        const mark = await both.target.mark();
        await both.target.moveMark(mark, 'another');
        const means = { ...both, collections: sampleCollections, liveAt, run: 'mine', trace };
        return [await copyContents(means, mark), await both.target.mark(), await both.target.counts()];
      });
      expect(ended).toEqual([{ kind: 'overtaken' }, 'another', { courses: 0, tickets: 0 }]);
    });

    it('when another copy into the same store has begun while it was under way', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from, 9);
      const ended = await onBoth(from, to, async ({ source, target }) => {
        const overtake = async () => void (await target.moveMark('mine', 'another'));
        const watched = interrupted(target, ({ name }) => name === 'tickets', overtake);
        const means = { source, target: watched, collections: sampleCollections, liveAt, run: 'mine', trace };
        return [await copyContents(means, undefined), await target.mark()];
      });
      expect(ended).toEqual([{ kind: 'overtaken' }, 'another']);
    });

    it('when another copy has ended while it stood still, and touches nothing in what is a store at work by then', async () => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await manyCourses(from, 9);
      const arrived = { id: 'since', version: 1, uses: 1 } as AnyRecord;
      const ended = await onBoth(from, to, async ({ source, target }) => {
        const overtake = async () => {
          await target.moveMark('mine', 'another');
          await target.moveMark('another', undefined);
          await target.write(tickets, [arrived]);
        };
        const watched = interrupted(target, ({ name }) => name === 'tickets', overtake);
        const means = { source, target: watched, collections: sampleCollections, liveAt, run: 'mine', trace };
        return [await copyContents(means, undefined), await target.page(tickets, undefined, 10)];
      });
      expect(ended).toEqual([{ kind: 'overtaken' }, [arrived]]);
    });
  });

  describe('no copy is begun', () => {
    it.each<[string, string, (from: string, to: string) => Promise<unknown>]>([
      ['out of a store without records', 'source_empty', (from) => within(storeAt(from), (store) => store.ping())],
      [
        'out of one that is half copied itself',
        'source_half_copied',
        async (from) => {
          await manyCourses(from, 1);
          await within(contentsAt(from), (contents) => contents.moveMark(undefined, 'another'));
        },
      ],
      [
        'over an installation',
        'target_occupied',
        async (from, to) => {
          await manyCourses(from, 9);
          await manyCourses(to, 8);
        },
      ],
      [
        'out of one with collections that are unknown here',
        'newer',
        async (from) => {
          const collections = [...sampleCollections, { name: 'rooms', indexes: [] }];
          await within(storeAt(from, { collections }), (store) =>
            store.commit([insert(collections[2] as AnyCollection, { id: 'r' })]),
          );
        },
      ],
      [
        'over one with collections that are unknown here',
        'newer',
        async (from, to) => {
          await manyCourses(from, 9);
          const collections = [{ name: 'rooms', indexes: [] }];
          await within(storeAt(to, { collections }), (store) =>
            store.commit([insert(collections[0] as AnyCollection, { id: 'r' })]),
          );
        },
      ],
    ])('%s', async (_, reason, arrange) => {
      const [from, to] = [await freshSource(), await freshTarget()];
      await arrange(from, to);
      const before = await allIn(to);
      expect(await onBoth(from, to, judge)).toMatchObject({ kind: 'refused', reason });
      expect(await allIn(to)).toEqual(before);
    });
  });
}
