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
      .describe(
        'It is kept for this long after its last signature: as long as an ID token or an access token is valid, at least.',
      ),
  })
  .prefault({})
  .describe('When the keys that sign tokens and cookies turn.');

const certificates = z
  .strictObject({
    bits: z
      .union([z.literal(2048), z.literal(3072), z.literal(4096)])
      .meta({ words: '2048, 3072 or 4096' })
      .prefault(3072)
      .describe(
        'Length of the RSA key. 2048 signs about three times as fast as 3072, and is thought to hold until 2030 only.',
      ),
    period: duration({ atLeast: '30d' }).prefault('3285d').describe('A key and its certificate sign for this long.'),
    publishAhead: duration({ atLeast: '15d' })
      .prefault('180d')
      .describe(
        'They are published for at least this long before that: metadata spreads slowly, some is pasted by hand.',
      ),
    keepRetired: duration({ atLeast: '1d' })
      .prefault('30d')
      .describe('They are published for this long after their last signature.'),
  })
  .prefault({})
  .describe(
    'When the SAML key and its certificate turn. A certificate is valid for these lengths together and half a year more: ten years.',
  );

export const keys = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .prefault('keys')
      .describe('Folder of the master key, created on the first start. Back it up apart from the database.'),
    rotation,
    certificates,
  })
  .describe('The master key, and the turning of the keys under it.');
