/** What this installation fetches and posts: where that may lead, and how long and how large it may be. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';
import { network } from './fields/network.ts';

export const outgoing = z
  .strictObject({
    allow: z
      .array(network())
      .prefault([])
      .describe(
        'Networks on which services may be reached although their addresses are private, also over http. Addresses of other special-use networks (RFC 6890) are refused.',
      ),
    connectTime: duration({ atMost: '1m' }).prefault('5s').describe('No connection takes longer to open.'),
    totalTime: duration({ atMost: '10m' })
      .prefault('10s')
      .describe('No request takes longer, its whole answer included.'),
    bodyKiB: z.int().min(1).max(1_048_576).prefault(1024).describe('No answer is larger, in KiB.'),
  })
  .describe('Requests to services: keys, metadata, logout messages, webhooks.');
