/** Turns the key ring on its calendar. Every node sees the result within seconds, and publishes it from then on. */

import type { MasterKey } from '../core/keys/master-key.ts';
import type { RotationRule } from '../core/keys/plan-rotation.ts';
import { turnRing } from '../core/keys/turn-ring.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { Job } from './job.ts';

export const keyRotation = (schedule: Schedule, masterKey: MasterKey, rule: RotationRule): Job => ({
  name: 'key-rotation',
  schedule,
  async run({ world, log }) {
    const steps = await turnRing(world, masterKey, rule, { kind: 'system' });
    if (steps > 0) log.info({ steps }, 'the key ring has turned');
  },
});
