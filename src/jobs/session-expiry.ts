/** Ends sessions that are over by themselves: the services entered in them are told, and the audit says so. */

import type { Schedule } from '../core/leases/schedule.ts';
import { endExpired } from '../core/sessions/end-expired.ts';
import type { DerivedSessions } from '../core/sessions/session.ts';
import type { Job } from './job.ts';

/** After a time in which no node ran, all that ended meanwhile is ended in one turn, batch by batch. */
export const sessionExpiry = (schedule: Schedule, derived: readonly DerivedSessions[]): Job => ({
  name: 'session-expiry',
  schedule,
  async run({ world, signal, log }) {
    const ended = await endExpired(world, derived, signal);
    if (ended > 0) log.info({ ended }, 'sessions were over');
  },
});
