/** How the audit is signed, and how long its events are kept. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

export const audit = z
  .strictObject({
    checkpoint: z
      .strictObject({
        interval: duration({ atMost: '1d' })
          .prefault('5m')
          .describe(
            'A signed checkpoint is written to the store and to the log after this long, if anything happened.',
          ),
        batches: z
          .int()
          .min(1)
          .prefault(100)
          .describe('And after so many batches; under load one is sealed every second.'),
      })
      .describe('How much of the chain may be unsigned.'),
    retention: duration({ atLeast: '30d' })
      .exactOptional()
      .describe(
        'Events older than this are removed; their digests stay, so that the rest remains provable. All are kept unless said.',
      ),
  })
  .describe('Who did what, and the proof that nobody edited it.');
