/** Gives back the room of expired records. Reads never show them, so nothing but the disk waits for this. */
import { setImmediate } from 'node:timers/promises';
import type { Schedule } from '../core/leases/schedule.ts';
import type { Job } from './job.ts';

/** Small enough that a login that comes in between hardly waits. */
const batchSize = 500;

export const sweep = (schedule: Schedule): Job => ({
  name: 'sweep',
  schedule,
  async run({ world, signal, log }) {
    let removed = 0;
    let last = batchSize;
    while (last >= batchSize && !signal.aborted) {
      last = await world.store.sweep(batchSize);
      removed += last;
      // The embedded engine works in this very process: requests that came in meanwhile go first.
      await setImmediate();
    }
    if (removed > 0) log.info({ removed }, 'expired records swept');
  },
});
