/** From taking a lease to handing it back: one turn, or as many as follow closely upon one another. */
import { take } from '../core/leases/hold.ts';
import type { Lease, Progress } from '../core/leases/lease.ts';
import type { Stored } from '../store/port.ts';
import type { Job } from './job.ts';
import { runTurn } from './run-turn.ts';
import { openTenure } from './tenure.ts';
import type { Workplace } from './workplace.ts';

export interface Shift {
  /** After the turn at hand there is no other. */
  readonly closing: AbortSignal;
  /** The turn at hand ends at its next step. */
  readonly halted: AbortSignal;
}

/** Undefined when another node was first; otherwise how the last turn went, `abandoned` when the lease was lost in it. */
export async function holdShift(
  place: Workplace,
  job: Job,
  seen: Stored<Lease> | undefined,
  { closing, halted }: Shift,
): Promise<Progress | undefined> {
  const { world, timer, pace, holder, log } = place;
  const takenAt = timer.elapsed();
  const taken = await take(world, { job: job.name, holder, length: pace.lease }, seen);
  if (taken === undefined) return undefined;
  if (seen?.holder !== undefined) log.warn({ job: job.name, from: seen.holder, holder }, 'lease taken over');
  const tenure = openTenure(place, taken.hold, taken.progress, takenAt);
  const over = AbortSignal.any([tenure.lost, closing]);
  try {
    do {
      tenure.progress = await runTurn(place, job, tenure, halted);
      const pause = pauseWithinLease(job, tenure.progress, pace.lease);
      if (pause === undefined) break;
      await timer.wait(pause, over);
    } while (!over.aborted);
  } finally {
    await tenure.end();
  }
  return tenure.lost.aborted ? { ...tenure.progress, lastOutcome: 'abandoned' } : tenure.progress;
}

/** Milliseconds for which keeping the lease is cheaper than handing it back; undefined when it goes back. */
function pauseWithinLease({ schedule }: Job, { lastOutcome }: Progress, lease: number): number | undefined {
  const isBrief = schedule.kind === 'every' && schedule.pause < lease;
  return isBrief && lastOutcome === 'done' ? schedule.pause : undefined;
}
