/**
 * One thing that is owed to somebody outside. Fields that say when and behind whom it is to be sent are there only as
 * long as it is open, so that the indexes over them hold the open ones and nothing else.
 */
import type { Instant } from '../../base/clock.ts';
import type { Collection } from '../../store/port.ts';
import type { NoticeKind } from './content.ts';

/** due ⇄ sending → sent | dead | dropped; dead → due. */
export const noticeStates = ['due', 'sending', 'sent', 'dead', 'dropped'] as const;
export type NoticeState = (typeof noticeStates)[number];

export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  /** Which of its kind, for lists. */
  readonly topic: string;
  /** The account it is about, if it is about one. */
  readonly accountId?: string;
  /** A keyed digest of the mail address; the connection or subscription. */
  readonly recipient: string;
  readonly createdAt: Instant;
  /** Rises with each notice; also among those of one commit. */
  readonly order: number;
  /** Open ones that share it go out one after another, by `order`. Absent where it waits behind nobody. */
  readonly queue?: string;
  /** Open ones: when somebody may take it up; while it is being sent, the end of the claim. */
  readonly dueAt?: Instant;
  /** Names the sender at work, while it is being sent. */
  readonly claim?: string;
  readonly attempts: number;
  /** Patience is counted from here: the beginning, or the last `retry` by an operator. */
  readonly waitsSince: Instant;
  readonly lastTriedAt?: Instant;
  /** Why the last attempt failed; never what was to be sent. */
  readonly lastError?: string;
  /** Why an operator gave it up. */
  readonly dropReason?: string;
  /** Sealed; erased once nothing can come of it any more. */
  readonly content?: string;
  /** It carries a secret, which is good until then; afterwards it is dropped, not sent. */
  readonly lapsesAt?: Instant;
  /** Unique: the same is not owed twice, as long as the record is kept. */
  readonly dedupeKey?: string;
  readonly settledAt?: Instant;
  /** Settled ones: when the record goes. */
  readonly goneAt?: Instant;
}

export const notices: Collection<Notice> = {
  name: 'notices',
  indexes: [
    { name: 'byDue', fields: ['kind', 'dueAt'] },
    { name: 'byQueue', fields: ['queue', 'order'] },
    { name: 'byDedupeKey', fields: ['dedupeKey'], unique: true },
    { name: 'byTime', fields: ['createdAt'] },
    { name: 'byState', fields: ['state', 'createdAt'] },
    { name: 'byKind', fields: ['kind', 'createdAt'] },
    { name: 'byAccount', fields: ['accountId', 'createdAt'] },
  ],
  expiresAt: 'goneAt',
};

/** Whether it may only be sent when all before it in its queue are settled. */
export const isInStrictOrder = ({ kind, lapsesAt }: Notice): boolean => kind === 'mail' && lapsesAt === undefined;

/** What a secret is part of must not wait: its reader sits before a page that asks for it. */
export const queueOf = ({ kind, recipient, lapsesAt }: Pick<Notice, 'kind' | 'recipient' | 'lapsesAt'>) =>
  lapsesAt === undefined ? { queue: `${kind}/${recipient}` } : {};
