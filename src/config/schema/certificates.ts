/** Client certificates: whose count, how it is known that one was revoked, and to which account one belongs. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { webUrl } from '../../base/document/fields/web-url.ts';
import { pattern } from './fields/pattern.ts';

const files = () => z.array(z.string().min(1).meta({ words: 'the path of a PEM file' }));

const list = z.strictObject({
  url: webUrl().exactOptional().describe('Fetched by the job revocation-lists; http will do, since lists are signed.'),
  file: z.string().min(1).meta({ words: 'the path of a file' }).exactOptional().describe('Read by that job.'),
});

const revocation = z
  .strictObject({
    lists: z
      .array(list)
      .prefault([])
      .describe('The revocation lists (RFC 5280, 5), in DER or PEM, each by url or file.'),
    whenStale: z
      .enum(['refuse', 'accept'])
      .prefault('refuse')
      .describe(
        'What happens to certificates while no list of their authority is in force. What a list has once revoked stays refused.',
      ),
  })
  .prefault({})
  .describe('Which certificates are no longer good.');

export const certificateFields = ['commonName', 'serialNumber', 'emailAddress', 'sanEmail', 'sanUpn'] as const;
export const certificateTargets = ['loginName', 'universityMail', 'staffNumber', 'studentNumber'] as const;

const subject = z.strictObject({
  accountKinds: z
    .array(identifier())
    .min(1)
    .exactOptional()
    .describe('For these kinds of account only: keys of accounts.kinds.'),
  issuer: z
    .string()
    .min(1)
    .exactOptional()
    .describe('Only of certificates whose issuer has this name (RFC 4514): CN=Example CA,O=Example,C=JP.'),
  under: z
    .string()
    .min(1)
    .exactOptional()
    .describe(
      'Only of certificates whose subject ends so (RFC 4514): O=Example University,C=JP. An authority issues for others too.',
    ),
  field: z
    .enum(certificateFields)
    .describe(
      'commonName, serialNumber and emailAddress of the subject; sanEmail and sanUpn of the alternative names.',
    ),
  pattern: pattern()
    .exactOptional()
    .describe('What the field looks like. A group (?<id>…) in it is what is compared, otherwise the whole field.'),
  to: z.enum(certificateTargets).describe('What it is compared with, exactly but for upper and lower case.'),
});

export type SubjectRule = z.output<typeof subject>;

export const certificates = z
  .strictObject({
    authorities: files()
      .min(1)
      .describe('The authorities that are believed: PEM files, of UPKI for instance the root under which it issues.'),
    intermediates: files()
      .prefault([])
      .describe('Authorities below them. Visitors need not send these, and their revocation lists are believed.'),
    revocation,
    subjects: z
      .array(subject)
      .prefault([])
      .describe(
        'To which account a certificate belongs: one rule that leads from it to the account is enough. Without any, people are not asked for one.',
      ),
  })
  .exactOptional()
  .describe('Client certificates, of people and of services. Without this section there are none.');
