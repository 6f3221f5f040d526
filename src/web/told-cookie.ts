/**
 * The cookie that counts how often this browser was sent back to a service with a status, so that a service which asks again at
 * once does not send it round for good. Nothing is kept here for strangers; whoever alters the cookie goes round alone.
 */
import { clockDifference } from '../base/clock.ts';

/** Services that one browser goes round with at once. */
const mostServices = 4;

interface Told {
  readonly connectionId: string;
  readonly count: number;
  readonly since: number;
}

export interface Counted {
  readonly value: string;
  /** This one among them. */
  readonly count: number;
}

/** `within`: milliseconds from the first of them. */
export function withTold(value: string | undefined, connectionId: string, now: number, within: number): Counted {
  // One that another node has just begun, whose clock is ahead, counts too: else nobody who goes to and fro is ever stopped.
  const standing = readTold(value).filter(({ since }) => since <= now + clockDifference && now < since + within);
  const before = standing.find((one) => one.connectionId === connectionId);
  const told = { connectionId, count: (before?.count ?? 0) + 1, since: before?.since ?? now };
  const kept = [told, ...standing.filter((one) => one !== before)].slice(0, mostServices);
  return { value: kept.map((one) => `${one.connectionId}~${one.count}~${one.since}`).join('!'), count: told.count };
}

const readTold = (value: string | undefined): readonly Told[] =>
  (value ?? '').split('!').flatMap((entry) => {
    const [, connectionId, count, since] = /^([^~]+)~(\d{1,6})~(\d{1,15})$/.exec(entry) ?? [];
    return connectionId === undefined ? [] : [{ connectionId, count: Number(count), since: Number(since) }];
  });
