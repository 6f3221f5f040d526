/** How mail leaves the house. */
import { z } from 'zod';
import { Secret } from '../../base/secret.ts';
import { duration } from './fields/duration.ts';

const mailAddress = () => z.email().meta({ words: 'a mail address' });

export const mail = z
  .strictObject({
    host: z.string().trim().min(1).describe('The SMTP server.'),
    port: z.int().min(1).max(65_535).prefault(587).describe('Its port: 587 or 25 with starttls, 465 with tls.'),
    security: z
      .enum(['tls', 'starttls', 'none'])
      .prefault('starttls')
      .describe(
        'tls from the first byte, starttls before anything else is said (demanded, never skipped), or none: only to a server on this machine or its own network.',
      ),
    user: z.string().min(1).exactOptional().describe('Login name at the SMTP server; without it, no login.'),
    password: z
      .string()
      .min(1)
      .meta({ words: 'text', confidential: true })
      .transform((text) => new Secret(text))
      .exactOptional()
      .describe('Password at the SMTP server. Better set by environment, or in a file of its own: passwordFile.'),
    passwordFile: z
      .string()
      .min(1)
      .exactOptional()
      .describe('File whose first line is the password at the SMTP server, as container secrets are mounted.'),
    from: mailAddress().describe('The address that mails come from, and to which undeliverable ones return.'),
    replyTo: mailAddress()
      .exactOptional()
      .describe('Where answers go; without it, the mail address of the main desk if it has one.'),
    giveUpAfter: duration({ atLeast: '1d', atMost: '30d' })
      .prefault('4d')
      .describe('What could not be sent for so long is not tried again; `sekisho outbox list` shows it.'),
  })
  .exactOptional()
  .describe(
    'The SMTP server. Without this section mails are owed and not sent, and codes by mail are no second factor.',
  );

export type MailSetting = NonNullable<z.output<typeof mail>>;
