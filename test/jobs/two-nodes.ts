/** Jobs of two nodes whose clocks differ: each is done once, by whoever is there, and by nobody who has lost it. */
import { describe, expect, it } from '@jest/globals';
import { insert } from '../../src/store/port.ts';
import { entries, nodesOnOneStore, written } from './nodes.ts';
import { job, leaseOf, messages, writing } from './sample-jobs.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

export function describeTwoNodes(title: string, place: Parameters<typeof nodesOnOneStore>[0]): void {
  describe(title, () => {
    const { openNode, pass, settle } = nodesOnOneStore(place);

    it('do a job once per pause', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      for (const node of [a, b]) node.start(writing('every 5m', node));
      await pass(hour + second, a, b);
      expect(await written(a)).toHaveLength(13);
    });

    it('do a nightly job once per night, though their clocks differ by a minute', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      b.clock.advance(minute);
      for (const node of [a, b]) node.start(writing('daily 03:10', node));
      await settle();
      for (const turns of [2, 3, 4]) {
        // To 03:00 in Tokyo, by a leap; then minute by minute.
        const leap = turns === 2 ? 10 * hour : 23.5 * hour;
        for (const { clock, timer } of [a, b]) {
          clock.advance(leap);
          timer.advance(leap);
        }
        await pass(30 * minute, a, b);
        expect(await written(a)).toHaveLength(turns);
      }
    });

    it('keep the pauses of a job though their clocks differ by a minute', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      b.clock.advance(minute);
      const begun: number[] = [];
      for (const node of [a, b]) node.start(job('every 40s', async () => void begun.push(node.timer.elapsed())));
      await pass(40 * 10 * second + second, a, b);
      expect(begun).toEqual(Array.from({ length: 11 }, (_, turn) => turn * 40 * second));
    });

    it('leave a job that takes long to the node that renews its lease', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      b.clock.advance(10 * minute);
      for (const node of [a, b]) node.start(writing('daily 03:10', node, 20 * minute));
      await pass(21 * minute, a, b);
      expect(await written(a)).toHaveLength(1);
      expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'done', token: 2 });
    });

    it('keep the lease of a frequent job from turn to turn, and tell how it goes with each renewal', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      a.start(writing('every 1s', a));
      await settle();
      b.start(writing('every 1s', b));
      await pass(minute, a, b);
      expect(new Set(await written(a))).toEqual(new Set(['a']));
      expect((await written(a)).length).toBeGreaterThan(59);
      expect(await leaseOf(a)).toMatchObject({ token: 1, holder: 'a', lastOutcome: 'done', tries: 0 });
    });

    it.each([
      ['ahead', minute, -minute],
      ['behind', -minute, minute],
    ])(
      'tell the log once that the clock of the other is wrong, where one is a minute %s',
      async (_which, gap, seen) => {
        const [a, b] = [await openNode('a'), await openNode('b')];
        a.start(writing('every 20s', a));
        await settle();
        b.clock.advance(gap);
        b.start(writing('every 20s', b));
        await pass(2 * minute, a, b);
        const told = b.lines.filter(({ msg }) => String(msg).startsWith('the clock of another node'));
        expect(told).toEqual([expect.objectContaining({ level: 40, holder: 'a' })]);
        expect(Math.sign(Number(told[0]?.aheadSeconds))).toBe(Math.sign(seen));
      },
    );

    it('say nothing of clocks that differ by what a step of a code allows', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      b.clock.advance(-29 * second);
      for (const node of [a, b]) node.start(writing('every 20s', node));
      await pass(2 * minute, a, b);
      expect([...messages(a), ...messages(b)].filter((text) => String(text).includes('clock'))).toEqual([]);
    });

    it('lose a lease to the other when its node dies, and only after a whole lease length', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      // Far ahead: by its clock every lease has run out.
      b.clock.advance(20 * minute);
      a.start(writing('daily 03:10', a, minute));
      await settle();
      b.start(writing('daily 03:10', b));
      await pass(29 * second, b);
      expect(await written(b)).toEqual([]);
      await pass(2 * second, b);
      expect(await written(b)).toEqual(['b']);
      expect(messages(b)).toContain('lease taken over');
      expect(await leaseOf(b)).toMatchObject({ lastOutcome: 'done', tries: 0 });
    });

    it('meet a conflict, and do nothing twice, when a node wakes from a pause longer than its lease', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      const outcomes: string[] = [];
      a.start(
        job('daily 03:10', async ({ world, now }) => {
          // Deaf to its signal, as a call of the system would be.
          await a.timer.wait(5 * second, new AbortController().signal);
          const commit = world.store.commit([insert(entries, { id: 'by-a', text: 'a', at: now })]);
          await commit.then(
            () => outcomes.push('written'),
            ({ code }) => outcomes.push(code),
          );
        }),
      );
      await settle();
      b.start(writing('daily 03:10', b));
      await pass(2 * minute, b);
      await pass(2 * minute, a);
      expect(outcomes).toEqual(['store.conflict']);
      expect(await written(b)).toEqual(['b']);
      expect(messages(a)).toContain('lease lost');
      expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'done', tries: 0 });
    });

    it('abort a job that can no longer reach the store, before the other takes it', async () => {
      const [a, b] = [await openNode('a'), await openNode('b')];
      let abortedAt = 0;
      a.start(
        job('daily 03:10', async ({ signal }) => {
          signal.addEventListener('abort', () => {
            abortedAt = a.timer.elapsed();
          });
          await a.timer.wait(hour, signal);
        }),
      );
      await settle();
      b.start(writing('daily 03:10', b));
      a.cutOff();
      await pass(29 * second, a, b);
      expect(abortedAt).toBe(20 * second);
      expect(await written(b)).toEqual([]);
      await pass(10 * second, a, b);
      expect(await written(b)).toEqual(['b']);
    });
  });
}
