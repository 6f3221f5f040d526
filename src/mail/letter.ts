/** A letter is what a mail says in one language. Text and HTML are two forms of it. */
import type { Locale } from '../base/locale.ts';
import type { Mail } from '../core/notices/content.ts';

export interface Letter {
  readonly subject: string;
  /** What happened, in one sentence. */
  readonly lead: string;
  /** To be typed elsewhere: stands by itself, so that people and their phones find it. */
  readonly code?: { readonly label: string; readonly value: string };
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What to do, a paragraph each. */
  readonly advice: readonly string[];
  /** One of our own pages: its path. */
  readonly link: { readonly label: string; readonly path: `/${string}` };
}

export type MailOf<Type extends Mail['type']> = Extract<Mail, { readonly type: Type }>;

/** What letters need of the installation, in the letter's language. */
export interface LetterFrame {
  /** `学生アカウント (ECS-ID)` for a kind of the configuration. */
  readonly kindLabel: (kind: string) => string;
  readonly deskName: string;
  readonly dateTime: (instant: number) => string;
}

export type LetterWriter<Type extends Mail['type']> = Readonly<
  Record<Locale, (mail: MailOf<Type>, frame: LetterFrame) => Letter>
>;
