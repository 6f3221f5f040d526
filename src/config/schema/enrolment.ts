/** When a person may set up a second factor without a desk. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

export const enrolment = z
  .strictObject({
    window: duration({ atMost: '90d' })
      .prefault('14d')
      .describe(
        'After an activation with a key handed over in person, an account without a second factor may set one up for this long; afterwards a desk has to see the person.',
      ),
  })
  .describe('Setting up a second factor.');
