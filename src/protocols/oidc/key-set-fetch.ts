/**
 * The keys that services publish (jwks_uri), as the `fetch` of oidc-provider, which is let to fetch nothing else. A set
 * that was fetched goes on serving while its host is down or slow: only a service whose keys were never seen has to wait.
 */
import type { Clock, Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import type { Log } from '../../base/log.ts';
import { type KeySet, readKeySet } from '../../core/connections/key-set.ts';
import type { Outgoing } from '../../outgoing/open-outgoing.ts';

/** The shape of `fetch`, which oidc-provider takes. */
export type FetchLike = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface KeySetMeans {
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that any request may take here. */
  readonly totalTime: number;
}

interface Known {
  askedAt?: Instant;
  /** Over, or under way: whoever comes meanwhile waits for the same answer. */
  asking?: Promise<void>;
  /** The last set that was good. */
  keys?: KeySet['keys'];
  fetchedAt?: Instant;
  /** How the last asking ended. */
  isGood?: boolean;
}

/** Milliseconds; somebody at the service waits for the answer. */
const longestWait = 5_000;

/** A key set is a few kilobytes. */
const bodyBytes = 65_536;

/**
 * Anybody can send assertions under unknown key names, so one host is not asked more often than this. oidc-provider asks
 * again after a minute at the earliest; this has to be less, or a new key would wait for two.
 */
const pause = { good: 30_000, bad: 10_000 };

/** Beyond this a host is not down, it is gone, and what it once said is nobody's word any more. */
const longestHeld = days(7);

export function keySetFetch({ outgoing, clock, log, totalTime }: KeySetMeans): FetchLike {
  const limits = { totalTime: Math.min(totalTime, longestWait), bodyBytes };
  const sets = new Map<string, Known>();

  async function ask(url: string, known: Known): Promise<void> {
    const headers = { accept: 'application/jwk-set+json, application/json' };
    const outcome = await outgoing.request(url, { headers, limits });
    const isAnswer = outcome.kind === 'answered' && outcome.answer.status === 200;
    const { keys, problems } = isAnswer ? readKeySet(outcome.answer.text()) : { keys: [], problems: [] };
    known.isGood = keys.length > 0;
    if (known.isGood) Object.assign(known, { keys, fetchedAt: clock.now() });
    if (known.isGood && problems.length === 0) return;
    const reason = outcome.kind === 'failed' ? outcome.reason : `status ${outcome.answer.status}`;
    const keySet = { host: URL.parse(url)?.host, reason, problems, isHeld: known.keys !== undefined };
    log.warn({ keySet }, 'the keys that a service publishes are not all of use');
  }

  return async (url) => {
    const href = String(url);
    const known = sets.get(href) ?? {};
    sets.set(href, known);
    const since = Math.abs(clock.now() - (known.askedAt ?? 0));
    if (since >= (known.isGood ? pause.good : pause.bad)) {
      known.askedAt = clock.now();
      known.asking = ask(href, known);
    }
    await known.asking;
    const { keys, fetchedAt = 0 } = known;
    if (keys === undefined || clock.now() - fetchedAt > longestHeld) throw new TypeError('fetch failed');
    // Without the service's own Cache-Control: a long one would keep its next key out for as long.
    return Response.json({ keys });
  };
}
