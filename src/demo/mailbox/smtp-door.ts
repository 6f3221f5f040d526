/** Takes every mail for everybody. Speaks plain SMTP, because it is reached on loopback only. */
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '../../base/clock.ts';
import { readMail } from './received-mail.ts';
import type { Shelf } from './shelf.ts';

export interface SmtpDoor {
  readonly port: number;
  close(): Promise<void>;
}

const largestMail = 1024 * 1024;

export async function openSmtpDoor(
  shelf: Shelf,
  clock: Clock,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<SmtpDoor> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    size: largestMail,
    logger: false,
    // Asking the name server for every visitor's name would leave the machine.
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      buffer(stream)
        .then((raw) => readMail(new Uint8Array(raw), { id: shelf.nextId(), receivedAt: clock.now(), to }))
        .then((mail) => {
          shelf.add(mail);
          callback();
        })
        .catch(callback);
    },
  });
  // A sender that breaks off is no trouble of the demo's.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
