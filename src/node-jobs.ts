/** The regular work of a node, in explicit literals: each job with its schedule and what it works on. */
import type { Config } from './config/schema.ts';
import type { Pace } from './core/leases/due.ts';
import type { Ground } from './ground.ts';
import { auditRetention } from './jobs/audit-retention.ts';
import { auditSeal } from './jobs/audit-seal.ts';
import type { Job } from './jobs/job.ts';
import { keyRotation } from './jobs/key-rotation.ts';
import { logoutMessages } from './jobs/logout-messages.ts';
import { outbox } from './jobs/outbox.ts';
import { revocationLists } from './jobs/revocation-lists.ts';
import { sessionExpiry } from './jobs/session-expiry.ts';
import { sweep } from './jobs/sweep.ts';

export function jobsOf({
  config,
  turning,
  ring,
  delivery,
  logoutDelivery,
  derivedSessions,
  ...ground
}: Ground): readonly Job[] {
  const { schedules } = config.jobs;
  const { checkpoint, retention } = config.audit;
  const { certificates, outgoing } = ground;
  const places = config.certificates?.revocation.lists ?? [];
  return [
    sweep(schedules.sweep),
    keyRotation(schedules.keyRotation, turning),
    outbox(schedules.outbox, delivery),
    logoutMessages(schedules.logoutMessages, logoutDelivery),
    sessionExpiry(schedules.sessionExpiry, derivedSessions),
    ...(certificates && places.length > 0
      ? [revocationLists(schedules.revocationLists, { certificates, outgoing, places })]
      : []),
    auditSeal(schedules.auditSeal, ring, checkpoint),
    ...(retention === undefined ? [] : [auditRetention(schedules.auditRetention, ring, retention)]),
  ];
}

export const paceOf = ({ jobs, university }: Config): Pace => ({ ...jobs, timeZone: university.timeZone });
