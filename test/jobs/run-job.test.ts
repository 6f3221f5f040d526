import { describe, expect, it } from '@jest/globals';
import { leases } from '../../src/core/leases/lease.ts';
import type { Job } from '../../src/jobs/job.ts';
import { listJobs } from '../../src/jobs/list-jobs.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { insert } from '../../src/store/port.ts';
import { entries, type Node, nodesOnOneStore, pace, written } from './nodes.ts';

const { openNode, pass, settle } = nodesOnOneStore('file');
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const never = new AbortController().signal;

const writing = (node: Node, length = 0): Job => ({
  name: 'job',
  schedule: { kind: 'every', pause: second },
  async run({ world, signal, now }) {
    if (length > 0) await node.timer.wait(length, signal);
    await world.store.commit([insert(entries, { id: world.ids.id(), text: node.holder, at: now })]);
  },
});

describe('runJob', () => {
  it('does one turn, and hands the lease back', async () => {
    const a = await openNode('a');
    expect(await runJob(a, writing(a), never)).toEqual({ kind: 'done' });
    expect(await written(a)).toEqual(['a']);
    expect(await a.world.store.get(leases, 'job')).not.toHaveProperty('holder');
  });

  it('does a turn before the schedule asks for one', async () => {
    const a = await openNode('a');
    const job: Job = { ...writing(a), schedule: { kind: 'daily', timeOfDay: 0 } };
    await runJob(a, job, never);
    expect(await runJob(a, job, never)).toEqual({ kind: 'done' });
    expect(await written(a)).toEqual(['a', 'a']);
  });

  it('says how a job failed', async () => {
    const a = await openNode('a');
    const job: Job = { ...writing(a), run: () => Promise.reject(new RangeError('no paper')) };
    expect(await runJob(a, job, never)).toEqual({ kind: 'failed', error: 'RangeError: no paper' });
  });

  it('leaves the job to a node that shows that it lives', async () => {
    const [a, operator] = [await openNode('a'), await openNode('operator')];
    a.start(writing(a, hour));
    await settle();
    const outcome = runJob(operator, writing(operator), never);
    await pass(21 * second, a, operator);
    expect(await outcome).toEqual({ kind: 'held', holder: 'a' });
    expect(await written(operator)).toEqual([]);
  });

  it('takes the job from a node that stays silent', async () => {
    const [a, operator] = [await openNode('a'), await openNode('operator')];
    a.start(writing(a, hour));
    await settle();
    const outcome = runJob(operator, writing(operator), never);
    await pass(31 * second, operator);
    expect(await outcome).toEqual({ kind: 'done' });
    expect(await written(operator)).toEqual(['operator']);
  });

  it('ends while it waits when it is asked to', async () => {
    const [a, operator] = [await openNode('a'), await openNode('operator')];
    a.start(writing(a, hour));
    await settle();
    const asked = new AbortController();
    const outcome = runJob(operator, writing(operator), asked.signal);
    await settle();
    asked.abort();
    expect(await outcome).toEqual({ kind: 'stopped' });
  });
});

describe('listJobs', () => {
  it('shows a job that never ran, ran, failed, and is held', async () => {
    const a = await openNode('a');
    const nightly = { kind: 'daily', timeOfDay: 0 } as const;
    const jobs: Job[] = [
      { name: 'never', schedule: nightly, run: async () => {} },
      { name: 'ran', schedule: nightly, run: async () => {} },
      { name: 'failed', schedule: nightly, run: () => Promise.reject(new Error('no paper')) },
      { name: 'held', schedule: nightly, run: ({ signal }) => a.timer.wait(hour, signal) },
    ];
    const now = a.clock.now();
    a.start(...jobs.slice(1));
    await settle();
    const ended = { lastStartedAt: now, lastFinishedAt: now };
    const midnight = Date.parse('2026-04-11T00:00:00+09:00');
    expect(await listJobs(a.world, jobs, pace)).toEqual([
      { name: 'never', schedule: nightly, failures: 0, nextAt: now },
      { name: 'ran', schedule: nightly, ...ended, lastDoneAt: now, lastOutcome: 'done', failures: 0, nextAt: midnight },
      {
        name: 'failed',
        schedule: nightly,
        ...ended,
        lastOutcome: 'failed',
        lastError: 'Error: no paper',
        failures: 1,
        nextAt: now + 10 * second,
      },
      { name: 'held', schedule: nightly, lastStartedAt: now, failures: 0, holder: 'a', heldUntil: now + minute / 2 },
    ]);
  });
});
