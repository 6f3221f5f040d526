/** An SMTP server in the test process, which answers as a test wishes and keeps the bytes that reached it. */

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { MailSetting } from '../../src/config/schema/mail.ts';

export interface Arrived {
  readonly raw: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly mail: Email;
}

/** An answer other than "accepted": its code and its words. */
export interface Refusal {
  readonly code: number;
  readonly words: string;
}

export interface SmtpStage {
  readonly port: number;
  readonly arrived: Arrived[];
  /** Asked for each recipient, before the mail is sent. */
  refuseRecipient: (address: string) => Refusal | undefined;
  /** Asked when a mail has arrived. */
  refuseMail: (mail: Email) => Refusal | undefined;
  /** Waited for before the acceptance is said. */
  beforeAnswer: () => Promise<void>;
  close(): Promise<void>;
}

export interface SmtpWishes {
  /** Any free one unless said. */
  readonly port?: number;
  readonly login?: { readonly user: string; readonly password: string };
}

const asError = ({ code, words }: Refusal): Error => Object.assign(new Error(words), { responseCode: code });

export async function openSmtp({ port = 0, login }: SmtpWishes = {}): Promise<SmtpStage> {
  const server = new SMTPServer({
    disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, callback) {
      if (username === login?.user && password === login?.password) callback(null, { user: username ?? '' });
      else callback(asError({ code: 535, words: '5.7.8 Authentication failed' }));
    },
    onRcptTo({ address }, _session, callback) {
      const refusal = stage.refuseRecipient(address);
      if (refusal) callback(asError(refusal));
      else callback();
    },
    onData(stream, { envelope }, callback) {
      const take = async (): Promise<void> => {
        const raw = await buffer(stream);
        const mail = await PostalMime.parse(new Uint8Array(raw));
        const refusal = stage.refuseMail(mail);
        if (refusal) throw asError(refusal);
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        stage.arrived.push({ raw: raw.toString('latin1'), from, to, mail });
        await stage.beforeAnswer();
      };
      take().then(() => callback(), callback);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', () => resolve()));
  const stage: SmtpStage = {
    port: (server.server.address() as AddressInfo).port,
    arrived: [],
    refuseRecipient: () => undefined,
    refuseMail: () => undefined,
    beforeAnswer: async () => undefined,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return stage;
}

/** Takes connections and never says a word. */
export async function openSilence(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export const smtpSetting = (port: number, changes: Partial<MailSetting> = {}): MailSetting => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'no-reply@auth.kyoto-u.ac.jp',
  giveUpAfter: 4 * 24 * 3_600_000,
  ...changes,
});
