import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { auditWrite } from '../../src/core/audit/event.ts';
import { auditHead } from '../../src/core/audit/head.ts';
import { type Notice, notices } from '../../src/core/notices/notice.ts';
import type { World } from '../../src/core/world.ts';
import { keyMeter } from '../../src/metrics/key-meter.ts';
import { openMetrics } from '../../src/metrics/open-metrics.ts';
import { type JobStanding, readStanding } from '../../src/metrics/standing.ts';
import { freshWorld } from '../core/fresh-world.ts';

const fresh = freshWorld(auditHead);
const noJobs = async (): Promise<readonly JobStanding[]> => [];
const minute = 60_000;

const notice = (wishes: Partial<Notice> & Pick<Notice, 'id'>): Notice => ({
  kind: 'mail',
  state: 'due',
  topic: 'password_changed',
  recipient: 'r',
  createdAt: 0,
  order: 1,
  attempts: 0,
  waitsSince: 0,
  ...wishes,
});

describe('how things stand', () => {
  it('is quiet in a new house', async () => {
    expect(await readStanding(fresh().world, noJobs)).toEqual({
      overdue: ['mail', 'logout', 'webhook'].map((kind) => ({ kind, age: 0 })),
      oldestOwed: 0,
      owed: ['due', 'sending', 'dead'].map((state) => ({ state, count: 0 })),
      unsealed: 0,
      jobs: [],
    });
  });

  it('tells what is late from what only waits for its next try, and counts what was given up', async () => {
    const { world, clock, put } = fresh();
    const now = clock.now();
    await put(notices, notice({ id: 'late', kind: 'logout', createdAt: now - 2 * minute, dueAt: now - minute }));
    await put(notices, notice({ id: 'waits', createdAt: now - 9 * minute, dueAt: now + minute }));
    await put(notices, notice({ id: 'dead', state: 'dead', createdAt: now - 99 * minute }));
    const { overdue, oldestOwed, owed } = await readStanding(world, noJobs);
    expect(overdue).toEqual([
      { kind: 'mail', age: 0 },
      { kind: 'logout', age: minute },
      { kind: 'webhook', age: 0 },
    ]);
    expect(oldestOwed).toBe(9 * minute);
    expect(owed).toEqual([
      { state: 'due', count: 2 },
      { state: 'sending', count: 0 },
      { state: 'dead', count: 1 },
    ]);
  });

  it('tells since when an event waits for its seal', async () => {
    const { world, clock } = fresh();
    await world.store.commit([auditWrite(world, { kind: 'system' }, { type: 'setup.link_issued' })]);
    clock.advance(minute);
    await world.store.commit([auditWrite(world, { kind: 'system' }, { type: 'setup.link_issued' })]);
    expect((await readStanding(world, noJobs)).unsealed).toBe(minute);
  });
});

describe('what is shown', () => {
  const shown = (world: World, jobs = noJobs) => openMetrics({ world, keys: () => [], turnsAt: () => undefined, jobs });

  it('is read once for two who ask at the same time', async () => {
    let asked = 0;
    const metrics = shown(fresh().world, async () => {
      asked += 1;
      return [];
    });
    await Promise.all([metrics.text(), metrics.text()]);
    await metrics.text();
    expect(asked).toBe(1);
  });

  it('names jobs with their last success, which a failure since does not hide', async () => {
    const jobs = async () => [
      { name: 'sweep', failures: 3, lastDoneAt: 5_000 },
      { name: 'never', failures: 1 },
    ];
    const text = await shown(fresh().world, jobs).text();
    expect(text).toContain('sekisho_job_last_success_timestamp_seconds{job="sweep"} 5\n');
    expect(text).toContain('sekisho_job_failures{job="sweep"} 3\n');
    expect(text).toContain('sekisho_job_failures{job="never"} 1\n');
    expect(text).not.toContain('last_success_timestamp_seconds{job="never"}');
  });

  it('is the oldest key of each state, and when the one that signs is followed', async () => {
    const registry = new Registry();
    const key = (id: string, state: 'active' | 'retiring', since: number) => ({
      ...{ id, state, since, use: 'token-signing', algorithm: 'RS256' },
      ...{ createdAt: since, serial: 1, sealed: '' },
    });
    const keys = [key('a', 'active', 7_000), key('b', 'retiring', 1_000), key('c', 'retiring', 4_000)];
    keyMeter(registry, { keys: () => keys as never, turnsAt: ({ since }) => since + 20_000 })(10_000);
    const text = await registry.metrics();
    expect(text).toContain('{use="token-signing",algorithm="RS256",state="active"} 3\n');
    expect(text).toContain('{use="token-signing",algorithm="RS256",state="retiring"} 9\n');
    expect(text).toContain('sekisho_key_turn_seconds{use="token-signing",algorithm="RS256"} 17\n');
  });
});
