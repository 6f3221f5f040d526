/** A mail as KUMOI shows it. */
import type { Text } from '../language.ts';

export interface Mail {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly from: Text;
  readonly address: string;
  /** Whoever it was written to, where that is not the person who reads it. */
  readonly to?: Text;
  readonly subject: Text;
  readonly sentAt: Date;
  readonly body: Readonly<Record<keyof Text, readonly MailPiece[]>>;
  /** Was really sent, by what is being demonstrated. */
  readonly isReal: boolean;
}

export interface MailPiece {
  readonly text: string;
  readonly isLink: boolean;
}
