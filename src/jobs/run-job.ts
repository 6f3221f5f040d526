/** One turn of a job now, whether due or not, for the command line. */
import { type Sight, waitFor } from '../core/leases/due.ts';
import type { Lease } from '../core/leases/lease.ts';
import type { Stored } from '../store/port.ts';
import { look, momentAt } from './attend.ts';
import { holdShift } from './hold-shift.ts';
import type { Job } from './job.ts';
import type { Workplace } from './workplace.ts';

export type RunOutcome =
  /** Another node is doing it; it renewed its lease while we looked. */
  | { readonly kind: 'held'; readonly holder: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: string }
  /** By `halted`. */
  | { readonly kind: 'stopped' }
  /** The lease was lost on the way. */
  | { readonly kind: 'lost' };

/** Where a lease is held, waits until its holder shows that it lives, or has been silent for a lease length. */
export async function runJob(place: Workplace, job: Job, halted: AbortSignal): Promise<RunOutcome> {
  const free = await awaitFree(place, job, halted);
  if (free.kind !== 'free') return free;
  // `closing` is aborted from the beginning: one turn, even where the lease would be kept.
  const progress = await holdShift(place, job, free.lease, { closing: AbortSignal.abort(), halted });
  switch (progress?.lastOutcome) {
    case undefined:
      return { kind: 'held', holder: (await look(place, job, undefined)).lease?.holder ?? '' };
    case 'failed':
      return { kind: 'failed', error: progress?.lastError ?? '' };
    case 'abandoned':
      return { kind: 'lost' };
    case 'done':
    case 'stopped':
      return { kind: progress.lastOutcome };
  }
}

type Free = { readonly kind: 'free'; readonly lease: Stored<Lease> | undefined };

async function awaitFree(place: Workplace, job: Job, halted: AbortSignal): Promise<Free | RunOutcome> {
  const { timer, pace } = place;
  let sight: Sight | undefined;
  while (!halted.aborted) {
    sight = await look(place, job, sight);
    const { lease } = sight;
    if (lease?.holder === undefined) return { kind: 'free', lease };
    if (sight.isFresh) return { kind: 'held', holder: lease.holder };
    const wait = waitFor(job.schedule, pace, sight, momentAt(place));
    if (wait <= 0) return { kind: 'free', lease };
    await timer.wait(Math.min(wait, pace.lease / 3), halted);
  }
  return { kind: 'stopped' };
}
