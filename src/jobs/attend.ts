/** One job's loop on one node: looks at its lease, waits until it is due and free, holds it, and begins again. */
import { lookAgain, type Moment, type Sight, waitFor } from '../core/leases/due.ts';
import { leases } from '../core/leases/lease.ts';
import { compareClocks } from './compare-clocks.ts';
import { holdShift, type Shift } from './hold-shift.ts';
import type { Job } from './job.ts';
import type { Workplace } from './workplace.ts';

/** Resolves after `closing` is aborted and the turn at hand has ended. Nothing that goes wrong ends it. */
export async function attend(place: Workplace, job: Job, shift: Shift): Promise<void> {
  const { timer, pace, log } = place;
  let sight: Sight | undefined;
  while (!shift.closing.aborted) {
    // Never longer than a lease: the clock may be put right meanwhile, and a holder be lost.
    let wait = pace.lease;
    try {
      sight = await look(place, job, sight);
      compareClocks(place, sight);
      const due = waitFor(job.schedule, pace, sight, momentAt(place));
      wait = Math.min(wait, due);
      if (due <= 0 && !shift.closing.aborted) {
        const progress = await holdShift(place, job, sight.lease, shift);
        // Another was first, and will be busy for a while.
        if (progress === undefined) wait = pace.lease / 3;
      }
    } catch (error) {
      log.error({ job: job.name, err: error }, 'job could not be attended to');
      wait = pace.retry.firstDelay;
    }
    if (wait > 0) await timer.wait(wait, shift.closing);
  }
}

/** The lease as it is now, and since when this node has seen it so. */
export async function look(place: Workplace, job: Job, before: Sight | undefined): Promise<Sight> {
  const lease = await place.world.store.get(leases, job.name);
  return lookAgain(before, lease, momentAt(place));
}

export const momentAt = ({ world, timer }: Workplace): Moment => ({
  elapsed: timer.elapsed(),
  now: world.clock.now(),
});
