/** One turn of a job: runs it, and turns how it ended into what the lease will say of it. */
import { isDomainError } from '../base/errors.ts';
import { fencedStore } from '../core/leases/fenced-store.ts';
import { fenceWrite, type Progress } from '../core/leases/lease.ts';
import { lastDaily } from '../core/leases/schedule.ts';
import type { Job } from './job.ts';
import type { Tenure } from './tenure.ts';
import type { Workplace } from './workplace.ts';

/** `halted` is aborted when the node can wait no longer. */
export async function runTurn(place: Workplace, job: Job, tenure: Tenure, halted: AbortSignal): Promise<Progress> {
  const { world, pace } = place;
  const { hold } = tenure;
  const now = world.clock.now();
  const begun: Progress = { ...tenure.progress, lastStartedAt: now };
  const log = place.log.child({ job: job.name });
  const signal = AbortSignal.any([tenure.lost, halted]);
  const store = fencedStore(world.store, hold, tenure.lose);
  try {
    await job.run({
      world: { ...world, store },
      signal,
      now,
      token: hold.token,
      log,
      fence: () => fenceWrite(hold),
    });
  } catch (error) {
    if (!signal.aborted) {
      log.error({ err: error, tries: begun.tries }, 'job failed');
      return { ...begun, lastFinishedAt: world.clock.now(), lastOutcome: 'failed', lastError: nameOf(error) };
    }
    log.debug({ err: error }, 'job ended by its signal');
  }
  const { lastError: _lastError, ...ended } = { ...begun, lastFinishedAt: world.clock.now() };
  // It may have left the rest; whether it had, only its next turn can tell.
  if (signal.aborted) return { ...ended, lastOutcome: 'stopped', tries: Math.max(0, begun.tries - 1) };
  const { schedule } = job;
  const served =
    schedule.kind === 'daily' ? { servedDueAt: lastDaily(schedule.timeOfDay, pace.timeZone, now) } : undefined;
  return { ...ended, ...served, lastOutcome: 'done', lastDoneAt: world.clock.now(), tries: 0 };
}

/** Shown to operators and kept: short, and without the chain, which is in the log. */
function nameOf(error: unknown): string {
  if (isDomainError(error)) return error.code;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'not an error';
}
