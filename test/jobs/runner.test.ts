import { describe, expect, it } from '@jest/globals';
import { nodesOnOneStore, written } from './nodes.ts';
import { job, leaseOf, messages, writing } from './sample-jobs.ts';
import { describeTwoNodes } from './two-nodes.ts';

const { openNode, pass, settle } = nodesOnOneStore('file');
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

describeTwoNodes('two nodes on one file', 'file');

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
