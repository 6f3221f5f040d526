/** Where the master key lies, under which every private key and secret in the store is sealed. */
import { z } from 'zod';

export const keys = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .prefault('keys')
      .describe('Folder of the master key, created on the first start. Back it up apart from the database.'),
  })
  .describe('The master key.');
