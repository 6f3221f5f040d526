/** When the regular work is done, on whichever node holds its lease. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { parseSchedule } from '../../core/leases/schedule.ts';
import { duration } from './fields/duration.ts';

const schedule = () =>
  z
    .string()
    .meta({
      words: 'a schedule such as `every 5m` (after the end of the last turn) or `daily 03:10`',
    })
    .transform((text, context) => {
      const parsed = parseSchedule(text);
      if (parsed) return parsed;
      context.addIssue(notAsDescribed);
      return z.NEVER;
    });

export const jobs = z
  .strictObject({
    lease: duration({ atLeast: '5s', atMost: '10m' })
      .prefault('30s')
      .describe('A node that fell silent in the middle of a job is replaced after this long. The same on every node.'),
    retry: z
      .strictObject({
        firstDelay: duration().prefault('10s').describe('The pause after a failure; it doubles with each more.'),
        longestDelay: duration().prefault('15m').describe('No such pause is longer.'),
      })
      .describe('What failed is tried again.'),
    schedules: z
      .strictObject({
        sweep: schedule().prefault('every 5m').describe('Gives back the room of expired records.'),
        keyRotation: schedule().prefault('every 1h').describe('Looks whether a key of the ring is to turn.'),
        auditSeal: schedule().prefault('every 1s').describe('Chains new audit events.'),
        outbox: schedule().prefault('every 1s').describe('Sends the mails and webhooks that are owed and due.'),
        logoutMessages: schedule()
          .prefault('every 1s')
          .describe('Tells services of sessions that have ended; apart from the outbox, so that they delay no mail.'),
        sessionExpiry: schedule()
          .prefault('every 30s')
          .describe('Ends sessions that were idle too long or have reached their lifetime.'),
        revocationLists: schedule()
          .prefault('every 1h')
          .describe('Brings the revocation lists of `certificates`, where there are any.'),
        auditRetention: schedule()
          .prefault('daily 03:10')
          .describe('Removes audit events older than `audit.retention`, where that is set.'),
      })
      .describe('The jobs.'),
  })
  .describe('Regular work: `sekisho jobs list` shows it.');
