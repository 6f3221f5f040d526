/** Tells services of sessions that have ended. */

import type { Schedule } from '../core/leases/schedule.ts';
import { deliverDue } from '../core/notices/deliver-due.ts';
import type { DeliveryMeans } from '../core/notices/delivery.ts';
import type { Job } from './job.ts';

/**
 * Apart from the outbox, since a turn ends with its slowest request: a service that is silent must not make a mail with a
 * code in it wait.
 */
export const logoutMessages = (schedule: Schedule, means: DeliveryMeans): Job => ({
  name: 'logout-messages',
  schedule,
  run: (turn) => deliverDue(means, turn, ['logout']),
});
