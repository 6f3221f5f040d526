/** A mailbox with two mails of the demo in it, sent as Sekisho sends them. */

import type { MailContent } from '../../src/core/notices/content.ts';
import { type RunningMailbox, startMailbox } from '../../src/demo/mailbox/start-mailbox.ts';
import { mailSender } from '../../src/mail/mail-sender.ts';
import { openTransport } from '../../src/mail/transport.ts';
import { smtpSetting } from '../mail/smtp-stage.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { testConfig } from '../support/sekisho.ts';

export interface MailboxStage {
  readonly mailbox: RunningMailbox;
  readonly issuer: string;
  send(...contents: readonly MailContent[]): Promise<void>;
  close(): Promise<void>;
}

export async function openMailboxStage(issuer = 'http://localhost:3000'): Promise<MailboxStage> {
  const clock = new FakeClock();
  const mailbox = await startMailbox({ host: '127.0.0.1', port: 0, clock, timeZone: 'Asia/Tokyo' });
  const setting = smtpSetting(mailbox.smtp.port);
  const config = testConfig('/nowhere', { SEKISHO__SERVER__ISSUER: issuer });
  const transport = openTransport(setting, 'localhost');
  const sender = mailSender(config, setting, transport);
  let count = 0;
  return {
    mailbox,
    issuer,
    async send(...contents) {
      for (const content of contents) {
        count += 1;
        const outcome = await sender(
          content,
          { id: `notice${count}`, createdAt: clock.now() },
          new AbortController().signal,
        );
        if (outcome.kind !== 'accepted') throw new Error(outcome.reason);
      }
    },
    async close() {
      transport.close();
      await mailbox.close();
    },
  };
}
