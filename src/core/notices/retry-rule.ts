/** When a notice that could not be sent is tried again, as a pure function. */
import type { Instant } from '../../base/clock.ts';
import { hours, minutes } from '../../base/duration.ts';
import type { Ids } from '../../base/ids.ts';
import type { NoticeKind } from './content.ts';
import type { SendOutcome } from './sender.ts';

const firstDelay = minutes(1);
/**
 * A mailbox that is full or a service that errs: whoever is busy with that is left alone. At a service that hears nothing
 * people stay signed in, and one request asks for all that wait for it.
 */
const longestDelay: Readonly<Record<NoticeKind, number>> = { mail: hours(6), logout: minutes(30), webhook: hours(6) };
/** Where the way itself is closed, asking costs one connection, and everybody waits for the answer. */
const longestClosed = minutes(10);

export interface Attempted {
  readonly kind: NoticeKind;
  /** The one that failed is counted. */
  readonly attempts: number;
  readonly waitsSince: Instant;
  readonly lapsesAt?: Instant;
}

/**
 * Undefined when patience is at its end (`giveUpAfter` milliseconds). `chance`, from 0 to 1, spreads the attempts: those
 * that failed together would otherwise come back together.
 */
export function nextTry(
  { kind, attempts, waitsSince, lapsesAt }: Attempted,
  failure: Exclude<SendOutcome['kind'], 'accepted' | 'never'>,
  { now, giveUpAfter, chance }: { readonly now: Instant; readonly giveUpAfter: number; readonly chance: number },
): Instant | undefined {
  const end = waitsSince + giveUpAfter;
  if (now >= end) return undefined;
  const longest = failure === 'unreachable' ? longestClosed : longestDelay[kind];
  const delay = Math.min(longest, firstDelay * 2 ** Math.min(attempts - 1, 30));
  const next = now + Math.round(delay * (0.8 + 0.4 * chance));
  // One last attempt at the end; and what lapses is looked at when it does, to be dropped.
  return Math.min(next, end, lapsesAt ?? Number.POSITIVE_INFINITY);
}

/** From 0 to 1. */
export const drawChance = (ids: Ids): number => ids.bytes(4).readUInt32BE() / 2 ** 32;
