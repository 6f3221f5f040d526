/** The regular work of a node, in explicit literals: each job with its schedule and what it works on. */
import type { Ground } from './ground.ts';
import { auditRetention } from './jobs/audit-retention.ts';
import { auditSeal } from './jobs/audit-seal.ts';
import type { Job } from './jobs/job.ts';
import { keyRotation } from './jobs/key-rotation.ts';
import { outbox } from './jobs/outbox.ts';
import { sweep } from './jobs/sweep.ts';

export function jobsOf({ config, masterKey, ring, delivery }: Ground): readonly Job[] {
  const { schedules } = config.jobs;
  const { checkpoint, retention } = config.audit;
  return [
    sweep(schedules.sweep),
    keyRotation(schedules.keyRotation, masterKey, config.keys.rotation),
    outbox(schedules.outbox, delivery),
    auditSeal(schedules.auditSeal, ring, checkpoint),
    ...(retention === undefined ? [] : [auditRetention(schedules.auditRetention, ring, retention)]),
  ];
}
