/**
 * Knows whether writes reach the disk. They fail together when it is full, does not sync or is kept locked; that is told
 * once when it begins and once when it is over, and not with every commit that meets it.
 */
import { isDomainError } from '../../base/errors.ts';
import type { StoreWatch } from '../watch.ts';
import { judgementOf, type Task, type Verdict } from './write-group.ts';
import type { GroupWriter } from './writer.ts';

export interface WatchedWriter extends GroupWriter {
  isFailing(): boolean;
}

export function watchedWriter(groups: GroupWriter, watch: StoreWatch): WatchedWriter {
  /** Commits that failed since it began; undefined while writes go through. */
  let failed: number | undefined;

  function count(error: unknown, tasks: readonly Task[]): void {
    const lost = tasks.filter(({ kind }) => kind !== 'probe').length;
    const begins = failed === undefined;
    failed = (failed ?? 0) + lost;
    if (begins) watch.writesFail?.(error);
  }

  /** A group may have succeeded because it had nothing to write: only a write of its own shows that the disk is back. */
  async function lookAgain(verdicts: readonly Verdict[], tasks: readonly Task[]): Promise<void> {
    const isProbed = tasks.some(({ kind }, place) => kind === 'probe' && verdicts[place]?.ok);
    const [verdict] = isProbed ? [] : await groups.write([{ kind: 'probe' }]);
    if (failed === undefined || verdict?.ok === false) return;
    const lost = failed;
    failed = undefined;
    watch.writesRecovered?.(lost);
  }

  return {
    async write(tasks) {
      let verdicts: readonly Verdict[];
      try {
        verdicts = await groups.write(tasks);
      } catch (error) {
        count(error, tasks);
        throw error;
      }
      const error = verdicts.map(unavailability).find((found) => found !== undefined);
      if (error !== undefined) {
        count(error, tasks);
        return verdicts.map(asTold);
      }
      // Its own failure is its own: what this group wrote is on the disk.
      if (failed !== undefined) await lookAgain(verdicts, tasks).catch(() => undefined);
      return verdicts;
    },
    close: () => groups.close(),
    isFailing: () => failed !== undefined,
  };
}

/** Marked for `isToldOutage`. */
const asTold = (verdict: Verdict): Verdict =>
  !verdict.ok && 'code' in verdict && verdict.code === 'store.unavailable'
    ? { ...verdict, facts: { ...verdict.facts, outage: true } }
    : verdict;

function unavailability(verdict: Verdict): unknown {
  try {
    judgementOf(verdict);
  } catch (error) {
    if (isDomainError(error, 'store.unavailable')) return error;
  }
  return undefined;
}
