import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../src/base/log.ts';
import { leaseFences, leases } from '../../src/core/leases/lease.ts';
import { listNotices } from '../../src/core/notices/list.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { planNotices } from '../../src/core/notices/plan.ts';
import { outbox } from '../../src/jobs/outbox.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { freshWorld } from '../core/fresh-world.ts';
import { mailTo } from '../core/notices/outbox-stage.ts';
import { FakeTimer } from './fake-timer.ts';

describe('outbox', () => {
  const fresh = freshWorld(notices, leases, leaseFences);

  it('sends what is due, under the lease of the job', async () => {
    const { world, masterKey } = fresh();
    await world.store.commit(await planNotices(world, masterKey, [mailTo('a@example.jp')]));
    const sent: string[] = [];
    const job = outbox(
      { kind: 'every', pause: 1_000 },
      {
        masterKey,
        senders: {
          mail: async ({ to }) => {
            expect(await world.store.get(leases, 'outbox')).toMatchObject({ holder: 'a' });
            sent.push(to);
            return { kind: 'accepted' };
          },
        },
        giveUpAfter: 86_400_000,
      },
    );
    const place = {
      world,
      log: openLog('silent'),
      timer: new FakeTimer(),
      pace: { lease: 30_000, retry: { firstDelay: 10_000, longestDelay: 900_000 }, timeZone: 'Asia/Tokyo' },
      holder: 'a',
    };
    expect(await runJob(place, job, new AbortController().signal)).toEqual({ kind: 'done' });
    expect(sent).toEqual(['a@example.jp']);
    expect((await listNotices(world)).records).toEqual([expect.objectContaining({ state: 'sent' })]);
  });
});
