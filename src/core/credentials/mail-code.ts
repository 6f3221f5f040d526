/**
 * A code of eight digits that is mailed to a notification address: drawn, owed to the outbox, and compared. Callers commit
 * the writes with the record that holds the code, and that record's version sees to it that of several answers at once one
 * counts.
 */
import type { Instant } from '../../base/clock.ts';
import { isSameText } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import type { Ids } from '../../base/ids.ts';
import type { Locale } from '../../base/locale.ts';
import { findOne, type Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { keyIdOf, mac } from '../keys/seal.ts';
import { wins } from '../notices/claim.ts';
import type { Mail } from '../notices/content.ts';
import { notices } from '../notices/notice.ts';
import { planNotices } from '../notices/plan.ts';
import { planDropped, system } from '../notices/settle.ts';
import type { World } from '../world.ts';
import { readDigits } from './code-text.ts';
import { type MailAsker, planSending } from './mail-sending.ts';

/**
 * Guessing is hopeless: of 10^8 codes a new one is drawn for every five tries, so each try hits with 10^-8. The throttle of
 * the login (five tries, then delays that grow to 15 minutes, forgotten after 24 hours without one) leaves about 100 tries
 * a day for an account, 3.7 × 10^4 a year: a chance of 0.04 % for a year of it, and it takes the password first. Without
 * the throttle, ten mails an hour of five tries each are 4.4 × 10^5 a year, 0.4 %, and 240 mails a day tell the owner.
 */
export const mailCodeRule = {
  digits: 8,
  lifetime: minutes(10),
  tries: 5,
  /** Between one mail and the next. */
  pause: minutes(1),
  /** In one login, or in one registration of an address. */
  mails: 5,
} as const;

/** The code that was mailed last, as it lies in whatever asked for it. */
export interface MailedCode {
  /** Random: names it in its MAC, so that no two codes can be told to be equal, and in the outbox. */
  readonly id: string;
  /** To which credential of kind mail-code, or to which address that is being registered; empty where it counts no more. */
  readonly to: string;
  readonly mac: string;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly triesLeft: number;
  /** How many were sent in the same login: sending has its limit too. */
  readonly sent: number;
}

export interface CodeReceiver {
  readonly accountId: string;
  readonly address: string;
  /** See MailedCode. */
  readonly to: string;
}

export interface CodeWish {
  readonly receiver: CodeReceiver;
  /** See MailAsker. */
  readonly factorBrowser?: string | undefined;
  readonly locale: Locale;
  /** The mail around the code. */
  readonly mailOf: (code: string, expiresAt: Instant) => Mail;
  /** The one before it, which is good no more when this one goes out. */
  readonly previous?: MailedCode | undefined;
  /** Without the pause after the one before: an address that was mistyped is mended at once. */
  readonly isAtOnce?: boolean;
}

/** Whether another mail may go out. `writes` count it. */
export type Mailing =
  | { readonly kind: 'now'; readonly writes: readonly Write[] }
  /** Not before `at`. */
  | { readonly kind: 'later'; readonly at: Instant }
  /** No more in this login. */
  | { readonly kind: 'exhausted' };

export type CodeMailing =
  | { readonly kind: 'mailed'; readonly code: MailedCode; readonly writes: readonly Write[] }
  | Exclude<Mailing, { kind: 'now' }>;

export interface MailCodeMeans {
  readonly world: World;
  readonly masterKey: MasterKey;
}

/** The limits of one login, and over all of an account. */
export async function nextMailing(
  { world, masterKey }: MailCodeMeans,
  asker: MailAsker,
  previous: MailedCode | undefined,
  isAtOnce = false,
): Promise<Mailing> {
  if (previous && previous.sent >= mailCodeRule.mails) return { kind: 'exhausted' };
  const at = previous && !isAtOnce ? previous.sentAt + mailCodeRule.pause : 0;
  return at > world.clock.now() ? { kind: 'later', at } : planSending(world, masterKey, asker);
}

export async function planMailCode(
  means: MailCodeMeans,
  { receiver, factorBrowser, locale, mailOf, previous, isAtOnce = false }: CodeWish,
): Promise<CodeMailing> {
  const { world, masterKey } = means;
  const { accountId, address, to } = receiver;
  const asker = { accountId, ...(factorBrowser ? { factorBrowser } : {}) };
  const mailing = await nextMailing(means, asker, previous, isAtOnce);
  if (mailing.kind !== 'now') return mailing;
  const now = world.clock.now();
  const digits = drawDigits(world.ids);
  const id = world.ids.id();
  const expiresAt = now + mailCodeRule.lifetime;
  const content = { to: address, locale, mail: mailOf(digits, expiresAt) };
  const owed = { kind: 'mail', accountId, dedupeKey: outboxKey(id), lapsesAt: expiresAt, content } as const;
  return {
    kind: 'mailed',
    code: {
      id,
      to,
      mac: macOf(masterKey, id, receiver, digits),
      sentAt: now,
      expiresAt,
      triesLeft: mailCodeRule.tries,
      sent: (previous?.sent ?? 0) + 1,
    },
    writes: [...mailing.writes, ...(await planNotices(world, masterKey, [owed]))],
  };
}

/** Bound to the code's record, to whom it was drawn for, and to where it went. */
const macOf = (key: MasterKey, id: string, { accountId, address }: CodeReceiver, digits: string): string =>
  mac(key, 'factors', 'mail-code', id, accountId, address, digits);

/** 64 random bits: the digits are even but for one part in 10^11. */
const drawDigits = (ids: Ids): string =>
  (ids.bytes(8).readBigUInt64BE() % 10n ** BigInt(mailCodeRule.digits)).toString().padStart(mailCodeRule.digits, '0');

/** What waits in the outbox under it. */
export const outboxKey = (codeId: string): string => `mail-code/${codeId}`;

/**
 * Takes back the mail of a code that counts no more, if it did not get out yet: it would arrive beside the newer one, and
 * nobody could tell which of the two codes is good. A commit of its own, and no harm where it fails: the outbox may be at
 * work on that mail at this very moment, and the newer one must not wait for that.
 */
export async function withdrawMail(world: World, { id }: MailedCode): Promise<void> {
  const waiting = await findOne(world.store, notices, 'byDedupeKey', outboxKey(id));
  if (waiting?.state === 'due') await wins(world, planDropped(world, system, waiting, { cause: 'lapsed' }));
}

/** Whether there is a code to compare with: one that is too old, or was tried too often, is none. */
export const isOpen = (mailed: MailedCode | undefined, { to }: CodeReceiver, now: Instant): mailed is MailedCode =>
  mailed !== undefined && mailed.to === to && mailed.expiresAt > now && mailed.triesLeft > 0;

/** The digits of what was typed; undefined where it cannot be a code, which is a slip and no guess. */
export const readMailCode = (typed: string): string | undefined => readDigits(typed, mailCodeRule.digits);

/**
 * Only for one that `isOpen`. One that was under way while the master key turned is compared under the key of its time, and
 * one of another process under a key that was not met here before.
 */
export function isMailCode(key: MasterKey, mailed: MailedCode, receiver: CodeReceiver, digits: string): boolean {
  const own = key.named(keyIdOf(mailed.mac));
  return own !== undefined && isSameText(mailed.mac, macOf(own, mailed.id, receiver, digits));
}

export const withOneTryLess = (mailed: MailedCode): MailedCode => ({ ...mailed, triesLeft: mailed.triesLeft - 1 });

/** It counts no more; when it was sent, and how many were, still does. */
export const voided = (mailed: MailedCode): MailedCode => ({ ...mailed, to: '', triesLeft: 0 });
