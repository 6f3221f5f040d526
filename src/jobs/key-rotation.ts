/** Turns the key ring on its calendars, that of tokens and that of certificates. Every node sees the result within seconds, and publishes it from then on. */
import { type TurnMeans, turnRing } from '../core/keys/turn-ring.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { Job } from './job.ts';

export const keyRotation = (schedule: Schedule, means: TurnMeans): Job => ({
  name: 'key-rotation',
  schedule,
  async run({ world, log }) {
    const steps = await turnRing(world, means, { kind: 'system' });
    if (steps > 0) log.info({ steps }, 'the key ring has turned');
  },
});
