/** Starts both doors of the mailbox: SMTP for mails, HTTP for people. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { createMailboxApp } from './mailbox-app.ts';
import type { ReceivedMail } from './received-mail.ts';
import { Shelf } from './shelf.ts';
import { openSmtpDoor } from './smtp-door.ts';

export interface MailboxPlace {
  /** A loopback address. */
  readonly host: string;
  /** Of the page; 0 takes any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** IANA name; times are shown in it. */
  readonly timeZone: string;
}

export interface RunningMailbox {
  readonly url: string;
  /** For the configuration's section `mail`, with `security: none`. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** What has arrived for this address, the newest first. */
  to(address: string): readonly ReceivedMail[];
  close(): Promise<void>;
}

export async function startMailbox({ host, port, clock, timeZone }: MailboxPlace): Promise<RunningMailbox> {
  const shelf = new Shelf();
  const door = await openSmtpDoor(shelf, clock, { host, port: 0 });
  const server = createServer(createMailboxApp(shelf, timeZone).callback());
  try {
    await listen(server, host, port);
  } catch (error) {
    await door.close();
    throw error;
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    smtp: { host, port: door.port },
    to: (address) => shelf.to(address),
    async close() {
      server.closeAllConnections();
      await Promise.all([door.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
