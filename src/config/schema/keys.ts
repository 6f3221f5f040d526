/** The master key's place, under which every private key and secret in the store is sealed, and when keys turn. */
import { z } from 'zod';
import { duration } from './fields/duration.ts';

const rotation = z
  .strictObject({
    period: duration({ atLeast: '1h' }).prefault('90d').describe('A signing key is used for this long.'),
    publishAhead: duration({ atLeast: '10m' })
      .prefault('7d')
      .describe('It is published for at least this long before it signs, because services keep the list of keys.'),
    keepRetired: duration({ atLeast: '1h' })
      .prefault('14d')
      .describe('It is published for this long after its last signature; longer than any ID token is valid.'),
  })
  .prefault({})
  .describe('When the keys that sign tokens and cookies turn.');

export const keys = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .prefault('keys')
      .describe('Folder of the master key, created on the first start. Back it up apart from the database.'),
    rotation,
  })
  .describe('The master key, and the turning of the keys under it.');
