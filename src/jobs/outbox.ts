/** Sends the mails and webhooks that are owed and due; logout messages have a job of their own. */

import type { Schedule } from '../core/leases/schedule.ts';
import { deliverDue } from '../core/notices/deliver-due.ts';
import type { DeliveryMeans } from '../core/notices/delivery.ts';
import type { Job } from './job.ts';

/** The lease keeps nodes from looking at the same notices; that each goes out once is seen to by its claim. */
export const outbox = (schedule: Schedule, means: DeliveryMeans): Job => ({
  name: 'outbox',
  schedule,
  run: (turn) => deliverDue(means, turn, ['mail', 'webhook']),
});
