/** How long single sign-on lasts. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

export const session = z
  .strictObject({
    absoluteLifetime: duration({ atLeast: '1m' })
      .prefault('12h')
      .describe('A session ends this long after its login, whatever happens.'),
    idleLifetime: duration({ atLeast: '1m' })
      .prefault('2h')
      .describe('A session ends when it was not used for this long.'),
  })
  .describe('The single sign-on session.');
