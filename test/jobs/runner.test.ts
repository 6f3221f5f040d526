import { describe, expect, it } from '@jest/globals';
import { leases } from '../../src/core/leases/lease.ts';
import { parseSchedule, type Schedule } from '../../src/core/leases/schedule.ts';
import type { Job, Turn } from '../../src/jobs/job.ts';
import { insert } from '../../src/store/port.ts';
import { entries, type Node, nodesOnOneStore, written } from './nodes.ts';

const { openNode, pass, settle } = nodesOnOneStore('file');
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  if (!parsed) throw new TypeError(text);
  return parsed;
}

const job = (text: string, run: (turn: Turn) => Promise<void>): Job => ({ name: 'job', schedule: schedule(text), run });

/** Writes its node's name in every turn, at the end of `length` milliseconds of work. */
const writing = (text: string, node: Node, length = 0): Job =>
  job(text, async ({ world, signal, now }) => {
    if (length > 0) await node.timer.wait(length, signal);
    await world.store.commit([insert(entries, { id: world.ids.id(), text: node.holder, at: now })]);
  });

const leaseOf = ({ world }: Node) => world.store.get(leases, 'job');
const messages = ({ lines }: Node) => lines.map(({ msg }) => msg);

describe('two nodes on one store file', () => {
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

describe('a node', () => {
  it('catches up once after three days of downtime', async () => {
    const a = await openNode('a');
    const runner = a.start(writing('daily 03:10', a));
    await settle();
    await runner.stop(0);
    const later = await openNode('later');
    later.clock.advance(3 * day);
    later.start(writing('daily 03:10', later));
    await pass(minute, later);
    expect(await written(a)).toEqual(['a', 'later']);
  });

  it.each([
    ['every 5m', 13],
    ['daily 03:10', 2],
  ])('does %s neither twice nor too late when the clock jumps a day forward and an hour back', async (text, turns) => {
    const a = await openNode('a');
    a.start(writing(text, a));
    await pass(20 * minute + second, a);
    a.clock.advance(day);
    await pass(20 * minute, a);
    a.clock.advance(-hour);
    await pass(20 * minute, a);
    expect(await written(a)).toHaveLength(turns);
  });

  it('tries a failing job again after growing pauses, and shows why', async () => {
    const a = await openNode('a');
    const begun: number[] = [];
    a.start(
      job('daily 03:10', async () => {
        begun.push(a.timer.elapsed() / second);
        if (begun.length < 5) throw new RangeError('no paper');
      }),
    );
    await pass(100 * second, a);
    expect(begun).toEqual([0, 10, 30, 70]);
    expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'failed', lastError: 'RangeError: no paper', tries: 4 });
    await pass(hour, a);
    expect(begun).toEqual([0, 10, 30, 70, 150]);
    expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'done', tries: 0 });
    expect(await leaseOf(a)).not.toHaveProperty('lastError');
  });

  it('lets a turn at hand finish when it stops, and hands the lease back', async () => {
    const a = await openNode('a');
    const runner = a.start(writing('daily 03:10', a, 5 * second));
    await settle();
    const stopped = runner.stop(10 * second);
    await pass(6 * second, a);
    await stopped;
    expect(await written(a)).toEqual(['a']);
    expect(await leaseOf(a)).not.toHaveProperty('holder');
    expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'done' });
  });

  it('aborts a turn that takes longer when it stops, and another goes on at once', async () => {
    const [a, b] = [await openNode('a'), await openNode('b')];
    const runner = a.start(
      job('daily 03:10', async ({ signal }) => {
        await a.timer.wait(hour, signal);
        signal.throwIfAborted();
      }),
    );
    await settle();
    const stopped = runner.stop(10 * second);
    await pass(11 * second, a);
    await stopped;
    expect(await leaseOf(a)).toMatchObject({ lastOutcome: 'stopped', tries: 0 });
    expect(await leaseOf(a)).not.toHaveProperty('holder');
    b.start(writing('daily 03:10', b));
    await settle();
    expect(await written(b)).toEqual(['b']);
  });

  it('does not wait for ever for a job that ignores its signal', async () => {
    const a = await openNode('a');
    const released = new AbortController();
    const runner = a.start(job('daily 03:10', () => a.timer.wait(hour, released.signal)));
    await settle();
    const stopped = runner.stop(10 * second);
    await pass(21 * second, a);
    await stopped;
    expect(messages(a)).toContain('a job did not end in time; its lease will run out');
    released.abort();
    await settle();
  });

  it('goes on with its other jobs while one takes long or fails', async () => {
    const a = await openNode('a');
    const failing = { ...job('every 1s', () => Promise.reject(new Error('broken'))), name: 'failing' };
    const slow = { ...job('every 1s', ({ signal }) => a.timer.wait(day, signal)), name: 'slow' };
    a.start(failing, slow, writing('every 1m', a));
    await pass(5 * minute, a);
    expect((await written(a)).length).toBeGreaterThanOrEqual(5);
  });
});
