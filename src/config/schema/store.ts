/** Which database holds the records. */
import { z } from 'zod';

export const store = z
  .strictObject({
    url: z
      .string()
      .regex(/^sqlite:.+$/)
      // Addresses of other engines carry passwords, and a mistaken one must not be repeated in a log.
      .meta({ words: 'a store address such as sqlite:var/sekisho.db', confidential: true })
      .prefault('sqlite:var/sekisho.db')
      .describe('The embedded database: sqlite:, then the path of its file, seen from where the process starts.'),
  })
  .describe('Where records are kept.');
