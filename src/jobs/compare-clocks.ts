/**
 * Tells the log when the clock of another node differs from ours by more than authenticator apps allow for: people whose codes
 * are refused at one node and taken at the other would notice first (docs/decisions/0017). A lease that was just renewed says
 * what time it was for its holder. Whose clock is right is not for us to say.
 */
import { clockDifference } from '../base/clock.ts';
import { hours } from '../base/duration.ts';
import type { Pace, Sight } from '../core/leases/due.ts';
import type { Workplace } from './workplace.ts';

const tolerated = clockDifference / 2;
const pause = hours(1);

/** By the stopwatch; once an hour is enough, whichever job shows it. */
const toldAt = new WeakMap<Workplace, number>();

/** Milliseconds by which the holder is ahead at least, or behind (below 0); 0 where nothing can be said. */
function clockGap({ lease, at, isFresh }: Sight, pace: Pace): number {
  if (!isFresh || lease?.holder === undefined || lease.expiresAt === undefined) return 0;
  const renewedAt = lease.expiresAt - pace.lease;
  // Renewed before we looked, and after we looked before: that was a lease length ago at most (attend.ts).
  return Math.max(0, renewedAt - at) - Math.max(0, at - pace.lease - renewedAt);
}

export function compareClocks(place: Workplace, sight: Sight): void {
  const { holder, log, pace, timer } = place;
  if (sight.lease?.holder === holder) return;
  const gap = clockGap(sight, pace);
  if (Math.abs(gap) < tolerated || timer.elapsed() - (toldAt.get(place) ?? -pause) < pause) return;
  toldAt.set(place, timer.elapsed());
  log.warn(
    { holder: sight.lease?.holder, aheadSeconds: Math.round(gap / 1000) },
    'the clock of another node differs from ours: set both by NTP',
  );
}
