/**
 * A lease while it is held: renewed beside the work, and given up when it cannot be. Whoever works under it looks at
 * `lost`; that writing stops as well is the fence's matter.
 */
import { handBack, renew } from '../core/leases/hold.ts';
import type { Hold, Progress } from '../core/leases/lease.ts';
import type { Workplace } from './workplace.ts';

export interface Tenure {
  readonly hold: Hold;
  readonly lost: AbortSignal;
  /** What others will be told with the next renewal. */
  progress: Progress;
  /** Says that the lease turned out to be lost. */
  lose(): void;
  /** Hands the lease back, if it still is ours. */
  end(): Promise<void>;
}

/** `takenAt` is the stopwatch's time before the lease was taken. */
export function openTenure(
  { world, timer, pace, log }: Workplace,
  hold: Hold,
  progress: Progress,
  takenAt: number,
): Tenure {
  const lost = new AbortController();
  const ended = new AbortController();
  let renewedAt = takenAt;

  function lose(): void {
    if (lost.signal.aborted || ended.signal.aborted) return;
    log.warn({ job: hold.job, holder: hold.holder }, 'lease lost');
    lost.abort();
  }

  async function beat(): Promise<void> {
    const begunAt = timer.elapsed();
    try {
      if (await renew(world, hold, tenure.progress, pace.lease)) renewedAt = begunAt;
      else lose();
    } catch (error) {
      log.warn({ job: hold.job, err: error }, 'lease not renewed');
      // Given up a third before another node, which began to watch no sooner, may take it.
      if (timer.elapsed() - renewedAt >= (pace.lease * 2) / 3) lose();
    }
  }

  async function keepBeating(): Promise<void> {
    const over = AbortSignal.any([lost.signal, ended.signal]);
    while (!over.aborted) {
      await timer.wait(pace.lease / 3, over);
      if (!over.aborted) await beat();
    }
  }

  const tenure: Tenure = {
    hold,
    lost: lost.signal,
    progress,
    lose,
    async end() {
      ended.abort();
      // A renewal under way must not be taken for a lost race with the handing back.
      await beating;
      if (lost.signal.aborted) return;
      if (!(await handBack(world, hold, tenure.progress))) {
        log.warn({ job: hold.job, holder: hold.holder }, 'lease was lost before it was handed back');
      }
    },
  };
  const beating = keepBeating();
  return tenure;
}
