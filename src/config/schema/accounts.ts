/** The kinds of account that the university issues. Kyoto has two: ECS-ID and SPS-ID. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { localized } from '../../base/document/fields/localized.ts';
import { pattern } from './fields/pattern.ts';

export const accountKind = z.strictObject({
  label: localized('What this kind of account is called.'),
  short: z.string().trim().min(1).describe('The name of its login name, the same in both languages: ECS-ID.'),
  loginName: z
    .strictObject({
      pattern: pattern().describe('What its login names look like.'),
      example: z.string().min(1).describe('A login name to show as an example; it matches the pattern.'),
    })
    .describe('Its login names.'),
  holders: localized('Who has one.'),
  desk: identifier().describe('The desk that issues its activation keys: a key of desks.'),
});

export const accounts = z
  .strictObject({
    kinds: z
      .record(identifier(), accountKind)
      .refine((kinds) => Object.keys(kinds).length > 0, 'at least one kind of account is needed')
      .describe('The kinds of account, by identifier.'),
  })
  .describe('The accounts that people log in with.');
