/** Removes audit events that are older than the university keeps them; their digests stay, so the rest stays provable. */
import { pruneAudit } from '../core/audit/prune.ts';
import type { LiveRing } from '../core/keys/live-ring.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import { anchorOf } from './audit-seal.ts';
import type { Job } from './job.ts';

const batchesATurn = 100;

/** `retention` in milliseconds. */
export const auditRetention = (schedule: Schedule, ring: LiveRing, retention: number): Job => ({
  name: 'audit-retention',
  schedule,
  async run({ world, signal, log }) {
    let isDone = false;
    while (!isDone && !signal.aborted) {
      const turn = await pruneAudit(world, ring.current().keys, {
        before: world.clock.now() - retention,
        batches: batchesATurn,
      });
      if (turn.checkpoint) log.info(anchorOf(turn.checkpoint), 'audit checkpoint');
      if (turn.blockedAt !== undefined) {
        log.error({ batch: turn.blockedAt }, 'a batch of the audit does not verify; nothing beyond it is removed');
      }
      isDone = turn.isDone || turn.blockedAt !== undefined;
    }
  },
});
