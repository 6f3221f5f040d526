/** The outbox's way out for mails: composed in the reader's language, sent with headers that say what they are. */
import type { SendMailOptions } from 'nodemailer';
import type { MailSetting } from '../config/schema/mail.ts';
import type { Config } from '../config/schema.ts';
import type { MailContent } from '../core/notices/content.ts';
import type { Envelope, Sender } from '../core/notices/sender.ts';
import { type Composer, mailComposer } from './compose.ts';
import type { MailTransport } from './transport.ts';

/**
 * One mailbox and nothing else. An address with a comma or a line break in it would be read as several, or as more headers
 * (CWE-93). Not a judgement on which addresses exist.
 */
const oneMailbox = /^[^\s,;:<>()"\\\p{Cc}@]+@[^\s,;:<>()"\\\p{Cc}@]+$/u;

export function mailSender(config: Config, setting: MailSetting, transport: MailTransport): Sender<'mail'> {
  const compose = mailComposer(config);
  return async (content, envelope, signal) => {
    if (!oneMailbox.test(content.to)) return { kind: 'never', reason: 'no mail address' };
    return transport.send(messageOf(config, setting, compose, content, envelope), signal);
  };
}

function messageOf(
  { server, university, desks, mainDesk }: Config,
  setting: MailSetting,
  compose: Composer,
  content: MailContent,
  { id, createdAt }: Envelope,
): SendMailOptions {
  const { to, locale } = content;
  const replyTo = setting.replyTo ?? desks[mainDesk]?.mail;
  const gap = locale === 'ja' ? '' : ' ';
  const name = [university.name[locale], university.systemName[locale]].join(gap);
  return {
    ...compose(content),
    from: { name, address: setting.from },
    to: { name: '', address: to },
    envelope: { from: setting.from, to: [to] },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    // Sent again after a crash, it has the same id and date: mailboxes recognise the second copy.
    messageId: `<${id}@${new URL(server.issuer).hostname}>`,
    date: new Date(createdAt),
    headers: {
      // RFC 3834, 5: no vacation notice is to answer it. The second is what Exchange looks at.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': locale === 'ja' ? 'ja, en' : 'en, ja',
    },
  };
}
