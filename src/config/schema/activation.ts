/** How long an activation key is good: from the day it is printed, over the post, to the day its owner sits down. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

export const activation = z
  .strictObject({
    keyLifetime: duration({ atLeast: '1h', atMost: '400d' })
      .prefault('31d')
      .describe('How long an activation key can be used after it was made, where nothing else is said.'),
  })
  .describe('Activation: the first password, or a new one, with a key on paper.');
