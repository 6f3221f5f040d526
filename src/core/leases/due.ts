/**
 * How long until this node may begin a turn: a pure function of the record, of when this node first saw it so (by its own
 * stopwatch), and of the wall clock for times of day only.
 */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import type { Stored } from '../../store/port.ts';
import type { Lease } from './lease.ts';
import { lastDaily, nextDaily, type Schedule } from './schedule.ts';

/** How jobs are done, whichever they are. Lengths in milliseconds. */
export interface Pace {
  /** How long a silent holder keeps its lease. */
  readonly lease: number;
  /** The pause after a failure doubles from the first to the longest. */
  readonly retry: { readonly firstDelay: number; readonly longestDelay: number };
  /** IANA name, in which `daily` is meant. */
  readonly timeZone: string;
}

/** A lease as this node knows it. */
export interface Sight {
  readonly lease: Stored<Lease> | undefined;
  /** When it was first read in this state: by the stopwatch, and by the clock. */
  readonly since: number;
  readonly at: Instant;
  /** Whether it was seen to change; otherwise it may have been so for long. */
  readonly isFresh: boolean;
}

/** A reading of the stopwatch and of the clock. */
export interface Moment {
  readonly elapsed: number;
  readonly now: Instant;
}

/** Call whenever the record was read, with a moment after it: what was seen must not seem older than it is. */
export function lookAgain(
  before: Sight | undefined,
  lease: Stored<Lease> | undefined,
  { elapsed, now }: Moment,
): Sight {
  if (before !== undefined && before.lease?.version === lease?.version) return before;
  return { lease, since: elapsed, at: now, isFresh: before !== undefined };
}

/** Milliseconds, 0 when it is due now. */
export function waitFor(schedule: Schedule, pace: Pace, sight: Sight, { elapsed, now }: Moment): number {
  const { lease, since, at, isFresh } = sight;
  const watched = elapsed - since;
  if (lease?.holder !== undefined) {
    return Math.max(0, Math.max(pace.lease, retryDelay(pace, lease.tries)) - watched);
  }
  const pause = pauseAfter(schedule, pace, lease);
  if (pause === undefined) return dailyWait(schedule, pace, lease, now);
  // Seen to begin, the pause is counted by the stopwatch. Otherwise the clock says what of it is left, and is not
  // believed beyond the pause itself: it may have been put back.
  const left = isFresh ? pause : Math.min(pause, Math.max(0, (lease?.lastFinishedAt ?? 0) + pause - at));
  return Math.max(0, left - watched);
}

/** When the next turn is to be expected, for people; undefined while one holds the lease. */
export function nextAt(schedule: Schedule, pace: Pace, lease: Lease | undefined, now: Instant): Instant | undefined {
  if (lease?.holder !== undefined) return undefined;
  const pause = pauseAfter(schedule, pace, lease);
  if (pause === undefined) return now + dailyWait(schedule, pace, lease, now);
  return Math.max(now, (lease?.lastFinishedAt ?? 0) + pause);
}

/** Milliseconds after the end of the last turn; undefined where the time of day decides. */
function pauseAfter(schedule: Schedule, pace: Pace, lease: Lease | undefined): number | undefined {
  // What was interrupted goes on; what never was done begins.
  if (lease?.lastOutcome === undefined || lease.lastOutcome === 'stopped') return 0;
  const regular = schedule.kind === 'every' ? schedule.pause : 0;
  if (lease.lastOutcome !== 'done') return Math.max(regular, retryDelay(pace, lease.tries));
  return schedule.kind === 'every' ? regular : undefined;
}

/** However many days were missed, the latest is due, once. */
function dailyWait(schedule: Schedule, { timeZone }: Pace, lease: Lease | undefined, now: Instant): number {
  if (schedule.kind !== 'daily') return 0;
  const served = lease?.servedDueAt ?? Number.NEGATIVE_INFINITY;
  // Served far in the future: a clock was wrong then, and the job must not rest until that day comes.
  const isServed = served >= lastDaily(schedule.timeOfDay, timeZone, now) && served - now < days(2);
  return isServed ? nextDaily(schedule.timeOfDay, timeZone, now) - now : 0;
}

function retryDelay({ retry }: Pace, tries: number): number {
  return Math.min(retry.longestDelay, retry.firstDelay * 2 ** Math.min(Math.max(0, tries - 1), 30));
}
