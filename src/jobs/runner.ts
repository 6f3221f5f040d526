/** All jobs of one node, each in its own loop: a slow or failing one keeps no other waiting. */
import { attend } from './attend.ts';
import type { Job } from './job.ts';
import type { Workplace } from './workplace.ts';

export interface Runner {
  /**
   * Begins no more turns, gives those at hand `grace` milliseconds to finish and then aborts them; resolves when all have
   * ended and every lease is handed back. A job that ignores its signal is left behind after another `grace`: its lease
   * runs out, and its commits are refused from the moment another node has it.
   */
  stop(grace: number): Promise<void>;
}

export function startRunner(place: Workplace, jobs: readonly Job[]): Runner {
  const closing = new AbortController();
  const halted = new AbortController();
  const attending = Promise.all(
    jobs.map((job) => attend(place, job, { closing: closing.signal, halted: halted.signal })),
  );

  /** Whether all ended in time. */
  async function within(grace: number): Promise<boolean> {
    const settled = new AbortController();
    const ended = attending.then(() => true).finally(() => settled.abort());
    return Promise.race([ended, place.timer.wait(grace, settled.signal).then(() => settled.signal.aborted)]);
  }

  return {
    async stop(grace) {
      closing.abort();
      if (await within(grace)) return;
      halted.abort();
      if (!(await within(grace))) place.log.warn('a job did not end in time; its lease will run out');
    },
  };
}
