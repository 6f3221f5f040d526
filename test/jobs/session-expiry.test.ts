import { describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { take } from '../../src/core/leases/hold.ts';
import { leaseFences, leases } from '../../src/core/leases/lease.ts';
import { type DerivedSessions, sessions } from '../../src/core/sessions/session.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { sessionExpiry } from '../../src/jobs/session-expiry.ts';
import { insert } from '../../src/store/port.ts';
import { freshWorld } from '../core/fresh-world.ts';
import { sampleSession } from '../core/sample-records.ts';
import { FakeTimer } from './fake-timer.ts';
import { pace } from './nodes.ts';

describe('sessionExpiry', () => {
  const fresh = freshWorld(leases, leaseFences);
  const run = (job: ReturnType<typeof sessionExpiry>) => {
    const { world } = fresh();
    const place = { world, log: openLog('silent'), timer: new FakeTimer(), pace, holder: 'a' };
    return runJob(place, job, new AbortController().signal);
  };
  const schedule = { kind: 'every', pause: 30_000 } as const;

  it('ends what is over, and only that', async () => {
    const { world, clock, audited } = fresh();
    const expiresAt = clock.now() + hours(3);
    await world.store.commit([
      insert(sessions, sampleSession()),
      insert(sessions, sampleSession({ id: 'session-2', expiresAt })),
    ]);
    clock.advance(hours(2));
    expect(await run(sessionExpiry(schedule, []))).toEqual({ kind: 'done' });
    expect(await world.store.count(sessions, { index: 'byEnd' })).toBe(1);
    expect(await audited()).toEqual([{ type: 'session.ended', accountId: 'account-1', cause: 'idle' }]);
  });

  it('ends nothing once another node has its lease', async () => {
    const { world, clock, audited } = fresh();
    await world.store.commit([insert(sessions, sampleSession())]);
    clock.advance(hours(2));
    const losing: DerivedSessions = {
      async planEnd() {
        const lease = await world.store.get(leases, 'session-expiry');
        await take(world, { job: 'session-expiry', holder: 'b', length: pace.lease }, lease);
        return [];
      },
      planEndAccount: async () => [],
    };
    expect(await run(sessionExpiry(schedule, [losing]))).toEqual({ kind: 'lost' });
    expect(await world.store.count(sessions, { index: 'byEnd' })).toBe(1);
    expect(await audited()).toEqual([]);
  });
});
