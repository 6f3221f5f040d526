/** Lifetimes of what OpenID Connect hands out. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

export const oidc = z
  .strictObject({
    tokens: z
      .strictObject({
        accessToken: duration({ atMost: '24h' }).prefault('1h').describe('An access token.'),
        // RFC 6749, 4.1.2 recommends ten minutes at most.
        authorizationCode: duration({ atMost: '10m' }).prefault('60s').describe('An authorization code.'),
        idToken: duration({ atMost: '24h' }).prefault('1h').describe('An ID token.'),
        refreshToken: duration({ atMost: '365d' }).prefault('14d').describe('A refresh token, from its last use.'),
        // RFC 9126, 2.2 expects 5 to 600 seconds.
        pushedRequest: duration({ atLeast: '5s', atMost: '10m' })
          .prefault('60s')
          .describe('A pushed authorization request.'),
      })
      .describe('How long each is good for.'),
  })
  .describe('OpenID Connect.');
