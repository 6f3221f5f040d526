/** When the regular work is done, on whichever node holds its lease. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { parseSchedule } from '../../core/leases/schedule.ts';
import { duration } from './fields/duration.ts';

const schedule = () =>
  z
    .string()
    .meta({ words: 'a schedule such as `every 5m` (after the end of the last turn) or `daily 03:10`' })
    .transform((text, context) => {
      const parsed = parseSchedule(text);
      if (parsed) return parsed;
      context.addIssue(notAsDescribed);
      return z.NEVER;
    });

const timeZone = () =>
  z
    .string()
    .meta({ words: 'a time zone such as Asia/Tokyo' })
    .refine((name) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
      } catch {
        return false;
      }
    }, notAsDescribed);

export const jobs = z
  .strictObject({
    timeZone: timeZone().prefault('Asia/Tokyo').describe('Where the times of daily schedules are meant.'),
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
        outbox: schedule().prefault('every 1s').describe('Sends the mails and messages that are owed and due.'),
        auditRetention: schedule()
          .prefault('daily 03:10')
          .describe('Removes audit events older than `audit.retention`, where that is set.'),
      })
      .describe('The jobs.'),
  })
  .describe('Regular work: `sekisho jobs list` shows it.');
