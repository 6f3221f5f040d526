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
    trustedBrowserLifetime: duration({ atLeast: '1d', atMost: '30d' })
      .prefault('7d')
      .describe(
        'A browser that its owner trusts is not asked for a second factor for this long, at connections and for rules of the policy with `trustedBrowser: policy`.',
      ),
    logoutMessages: z
      .strictObject({
        giveUpAfter: duration({ atLeast: '1h', atMost: '30d' })
          .prefault('3d')
          .describe(
            'A service that was down and comes back within this time is still told; longer than the sessions of services last makes no sense. Afterwards `sekisho outbox list` shows what it was not told.',
          ),
      })
      .describe('Services that were entered are told when the session ends.'),
  })
  .describe('The single sign-on session.');
