/** Which database holds the records. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { duration } from './fields/duration.ts';

/** What the driver itself judges (hosts, options) is judged when it connects; a missing set name would be noticed late. */
export const isStoreAddress = (text: string): boolean =>
  /^sqlite:.+$/s.test(text) || /^mongodb\+srv:\/\/.+$/s.test(text) || /^mongodb:\/\/.+[?&]replicaSet=[^&]+/s.test(text);

export const store = z
  .strictObject({
    url: z
      .string()
      .refine(isStoreAddress, notAsDescribed)
      // Addresses of other engines carry passwords, and a mistaken one must not be repeated in a log.
      .meta({
        words:
          'a store address such as sqlite:var/sekisho.db or mongodb://db1,db2,db3/sekisho?replicaSet=rs0 (the name of the set is needed)',
        confidential: true,
      })
      .prefault('sqlite:var/sekisho.db')
      .describe(
        'The embedded database: sqlite:, then the path of its file, seen from where the process starts. Or a MongoDB replica set, for any number of nodes: its connection string with the name of the set, best given by environment when it carries a password; the database is sekisho unless named.',
      ),
    mongo: z
      .strictObject({
        pool: z
          .int()
          .min(1)
          .max(1_000)
          .prefault(50)
          .describe('Connections that one process opens to the primary at most.'),
        deadline: duration({ atLeast: '1s', atMost: '2m' })
          .prefault('20s')
          .describe(
            'How long one read or write is tried again while servers are gone or a primary is elected. Shorter than what the proxy in front waits, longer than an election (some 12 s with the settings of MongoDB).',
          ),
        connectTimeout: duration({ atLeast: '1s', atMost: '1m' })
          .prefault('5s')
          .describe('How long a server may take to accept a connection.'),
      })
      .describe('How a replica set is spoken to. Without meaning for the embedded database.'),
  })
  .describe('Where records are kept.');
