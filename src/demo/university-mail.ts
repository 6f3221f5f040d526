/** What the demonstration has sent to an address of the university, as its mail service shows it. */
import type { ReceivedMail } from './mailbox/received-mail.ts';
import type { RunningMailbox } from './mailbox/start-mailbox.ts';
import { textPieces } from './mailbox/text-pieces.ts';
import type { Mail } from './services/kumoi/mail.ts';

export const universityMail =
  (mailbox: Pick<RunningMailbox, 'to'>) =>
  (address: string): readonly Mail[] =>
    mailbox.to(address).map(mailOf);

/** A mail is in the language in which it was written, whatever its reader's. */
function mailOf({ id, from, fromAddress, subject, receivedAt, text }: ReceivedMail): Mail {
  const pieces = textPieces(text);
  return {
    id: `demo-${id}`,
    from: { ja: from, en: from },
    address: fromAddress,
    subject: { ja: subject, en: subject },
    sentAt: new Date(receivedAt),
    body: { ja: pieces, en: pieces },
    isReal: true,
  };
}
