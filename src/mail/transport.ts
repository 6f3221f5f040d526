/**
 * Mail over pooled SMTP. Every wait has an end, and so has a delivery as a whole: a server that answers a byte a minute
 * would otherwise hold a connection, and the mails behind it, for ever.
 */
import { readFileSync } from 'node:fs';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { MailSetting } from '../config/schema/mail.ts';
import { longestSend } from '../core/notices/claim.ts';
import type { SendOutcome } from '../core/notices/sender.ts';
import { judgeFailure } from './judge-failure.ts';

export interface MailTransport {
  send(message: SendMailOptions, signal: AbortSignal): Promise<SendOutcome>;
  /** Connects and logs in, for `doctor`; the outcome of a mail that would be sent now. */
  probe(): Promise<SendOutcome>;
  close(): void;
}

/** Milliseconds. A relay at the same university answers within some of them. */
export interface SmtpPatience {
  readonly connect: number;
  /** Without a byte. */
  readonly silence: number;
  readonly whole: number;
}

const usualPatience: SmtpPatience = { connect: 10_000, silence: 30_000, whole: (longestSend * 3) / 4 };

/** `ownName` is said in EHLO: the issuer's host. */
export function openTransport(
  setting: MailSetting,
  ownName: string,
  patience: SmtpPatience = usualPatience,
): MailTransport {
  const password = passwordOf(setting);
  const { host, port, security, user } = setting;
  const mailer = createTransport({
    pool: true,
    maxConnections: 5,
    // Once more at once when the server has closed a connection that lay idle: nobody is to wait a minute for that.
    maxRequeues: 1,
    host,
    port,
    name: ownName,
    secure: security === 'tls',
    // Demanded, not preferred: whoever sits in between could otherwise strip the offer and read every mail.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    dnsTimeout: patience.connect,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.silence,
    socketTimeout: patience.silence,
    // Contents are what we composed; nothing in them may name a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    async send(message, signal) {
      const limit = AbortSignal.timeout(patience.whole);
      try {
        await mailer.sendMail({ ...message, signal: AbortSignal.any([signal, limit]) });
        return { kind: 'accepted' };
      } catch (error) {
        return limit.aborted ? { kind: 'unreachable', reason: 'ETIMEDOUT' } : judgeFailure(error);
      }
    },
    async probe() {
      try {
        await mailer.verify();
        return { kind: 'accepted' };
      } catch (error) {
        return judgeFailure(error);
      }
    },
    close: () => mailer.close(),
  };
}

function passwordOf({ password, passwordFile }: MailSetting): string | undefined {
  if (password !== undefined) return password.reveal();
  return passwordFile === undefined ? undefined : readFileSync(passwordFile, 'utf8').split(/\r?\n/)[0];
}
