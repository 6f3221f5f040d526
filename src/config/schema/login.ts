/** How long a login may take, and how guessing is slowed down without locking the owner out for good. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

interface ThrottleDefaults {
  readonly free: number;
  readonly firstDelay: string;
  readonly longestDelay: string;
  readonly forgetAfter: string;
}

const throttle = (defaults: ThrottleDefaults) =>
  z.strictObject({
    free: z
      .int()
      .min(1)
      .max(100_000)
      .prefault(defaults.free)
      .describe('So many tries may follow one another; then a wait begins.'),
    firstDelay: duration()
      .prefault(defaults.firstDelay)
      .describe('The wait after the last of these; it doubles with each further wrong one.'),
    longestDelay: duration().prefault(defaults.longestDelay).describe('No wait is longer.'),
    forgetAfter: duration()
      .prefault(defaults.forgetAfter)
      .describe('The count starts anew after this long without another.'),
  });

export const login = z
  .strictObject({
    attemptLifetime: duration({ atLeast: '1m', atMost: '24h' })
      .prefault('30m')
      .describe('How long a login that was begun can be finished.'),
    throttle: z
      .strictObject({
        account: throttle({ free: 5, firstDelay: '5s', longestDelay: '15m', forgetAfter: '24h' }).describe(
          'Counted for each login name, whether or not it exists.',
        ),
        address: throttle({ free: 50, firstDelay: '1s', longestDelay: '5m', forgetAfter: '1h' }).describe(
          'Counted for each network address. A whole lecture hall may share one.',
        ),
        factor: throttle({ free: 5, firstDelay: '5s', longestDelay: '12h', forgetAfter: '7d' }).describe(
          'Counted for each account, for codes of apps and of mails each, in place of `account`: few digits bear few guesses. Recovery codes and temporary passes are longer, and count as `account` says.',
        ),
      })
      .describe('Growing delays against guessing.'),
    longRequests: z
      .strictObject({
        addressMiB: z
          .int()
          .min(1)
          .max(65_536)
          .prefault(64)
          .describe('MiB from one network address (IPv6: one /64). A whole campus may share one.'),
        totalMiB: z.int().min(1).max(65_536).prefault(256).describe('MiB from everybody, over all nodes.'),
      })
      .describe(
        'Requests of services that are longer than some 4 kB have to be kept before anybody has signed in: so much of them in five minutes, and for the rest an answer that says to wait. Shorter ones, which nearly all are, are never refused for it.',
      ),
  })
  .describe('Logging in.');
