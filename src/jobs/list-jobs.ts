/** Every job with its last and next turn, for the command line and the pages of operators. */
import type { Instant } from '../base/clock.ts';
import { nextAt, type Pace } from '../core/leases/due.ts';
import { type Lease, leases, type TurnOutcome } from '../core/leases/lease.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { World } from '../core/world.ts';
import type { Stored } from '../store/port.ts';
import type { Job } from './job.ts';

export interface JobRow {
  readonly name: string;
  readonly schedule: Schedule;
  readonly lastStartedAt?: Instant;
  readonly lastFinishedAt?: Instant;
  readonly lastOutcome?: TurnOutcome;
  readonly lastDoneAt?: Instant;
  readonly lastError?: string;
  /** Turns in a row that did not succeed. */
  readonly failures: number;
  /** Absent while the job is held. */
  readonly nextAt?: Instant;
  readonly holder?: string;
  /** By the clock of the holder; when it is past, the holder may be lost. */
  readonly heldUntil?: Instant;
}

export const listJobs = ({ store, clock }: World, jobs: readonly Job[], pace: Pace): Promise<readonly JobRow[]> =>
  Promise.all(jobs.map(async (job) => rowOf(job, await store.get(leases, job.name), pace, clock.now())));

function rowOf({ name, schedule }: Job, lease: Stored<Lease> | undefined, pace: Pace, now: Instant): JobRow {
  const next = nextAt(schedule, pace, lease, now);
  const {
    lastStartedAt,
    lastFinishedAt,
    lastOutcome,
    lastDoneAt,
    lastError,
    holder,
    expiresAt,
    tries = 0,
  } = lease ?? {};
  return {
    name,
    schedule,
    ...(lastStartedAt === undefined ? {} : { lastStartedAt }),
    ...(lastFinishedAt === undefined ? {} : { lastFinishedAt }),
    ...(lastOutcome === undefined ? {} : { lastOutcome }),
    ...(lastDoneAt === undefined ? {} : { lastDoneAt }),
    ...(lastError === undefined ? {} : { lastError }),
    // While it is held, the turn at hand is counted already.
    failures: holder === undefined ? tries : Math.max(0, tries - 1),
    ...(next === undefined ? {} : { nextAt: next }),
    ...(holder === undefined ? {} : { holder }),
    ...(expiresAt === undefined ? {} : { heldUntil: expiresAt }),
  };
}
