/** What arrived, read as a mail program reads it. */
import PostalMime, { type Address } from 'postal-mime';
import type { Instant } from '../../base/clock.ts';

export interface ReceivedMail {
  /** Counts from 1, in the order of arrival. */
  readonly id: number;
  readonly receivedAt: Instant;
  readonly from: string;
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Empty when it has none. */
  readonly html: string;
  /** The beginning of the text in one line, as lists show it. */
  readonly preview: string;
}

export async function readMail(
  raw: Uint8Array<ArrayBuffer>,
  { id, receivedAt, to }: Pick<ReceivedMail, 'id' | 'receivedAt' | 'to'>,
): Promise<ReceivedMail> {
  const { from, subject = '', text = '', html = '' } = await PostalMime.parse(raw);
  const fromAddress = from?.address ?? '';
  return {
    id,
    receivedAt,
    from: nameOf(from) || fromAddress,
    fromAddress,
    to,
    subject,
    text,
    html,
    preview: text.replace(/\s+/g, ' ').trim().slice(0, 140),
  };
}

const nameOf = (address: Address | undefined): string => address?.name ?? '';
