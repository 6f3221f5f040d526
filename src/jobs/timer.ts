/** Waiting, and the stopwatch that counts it: the edge that tests replace. Unlike a clock it never jumps. */
import { setTimeout } from 'node:timers/promises';

export interface Timer {
  /** Milliseconds since some beginning; never goes back. */
  elapsed(): number;
  /** Resolves after so many milliseconds, or at once when `signal` is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Beyond this, Node's timer fires at once. */
const longestWait = 2 ** 31 - 1;

export const systemTimer: Timer = {
  elapsed: () => performance.now(),
  wait: (milliseconds, signal) =>
    setTimeout(Math.min(milliseconds, longestWait), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    }),
};
