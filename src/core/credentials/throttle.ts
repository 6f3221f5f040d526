/**
 * Slows down guessing, per account and per address, with a delay that grows and ends: nobody is locked out for good.
 * A try is charged before the password is looked at, so that a hundred at once do not all slip through, and forgiven
 * when it was right. A browser in which the account has signed in before has a count of its own, so that a stranger's
 * guessing does not keep the owner out.
 */
import type { Instant } from '../../base/clock.ts';
import { isDomainError } from '../../base/errors.ts';
import { type Collection, insert, remove, replace, type Stored, type Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { mac } from '../keys/seal.ts';
import type { World } from '../world.ts';

/** All lengths in milliseconds. */
export interface ThrottleLimit {
  /** Tries without any delay. */
  readonly free: number;
  readonly firstDelay: number;
  readonly longestDelay: number;
  readonly forgetAfter: number;
}

export interface ThrottleRule {
  readonly account: ThrottleLimit;
  readonly address: ThrottleLimit;
}

export interface ThrottleCount {
  readonly id: string;
  readonly tries: number;
  readonly blockedUntil: Instant;
  readonly expiresAt: Instant;
}

export const throttleCounts: Collection<ThrottleCount> = { name: 'counters', indexes: [], expiresAt: 'expiresAt' };

export interface Try {
  /** Canonical; hashed before it is stored, because people type passwords into the wrong field. */
  readonly loginName: string;
  readonly address: string;
  /** Set when this browser is known to have signed in to this very account. */
  readonly knownBrowser?: string;
}

export type Charge = { readonly kind: 'charged' } | { readonly kind: 'throttled'; readonly until: Instant };

/** Delay after the n-th try beyond the free ones doubles from the first to the longest. */
export function delayAfter(limit: ThrottleLimit, tries: number): number {
  if (tries < limit.free) return 0;
  return Math.min(limit.longestDelay, limit.firstDelay * 2 ** Math.min(tries - limit.free, 30));
}

const accountCountId = (key: MasterKey, loginName: string, knownBrowser?: string): string =>
  mac(key, 'throttle', 'account', loginName, knownBrowser ?? '');

export function throttle(world: World, key: MasterKey, rule: ThrottleRule) {
  const bucketsOf = ({ loginName, address, knownBrowser }: Try) => [
    { id: accountCountId(key, loginName, knownBrowser), limit: rule.account },
    { id: mac(key, 'throttle', 'address', networkOf(address)), limit: rule.address },
  ];

  // A lost round is a try that somebody else was charged or forgiven: after so many the counts are at their delays.
  const mostRounds = 2 * (rule.account.free + rule.address.free);

  async function chargeOnce(buckets: ReturnType<typeof bucketsOf>): Promise<Charge> {
    const now = world.clock.now();
    const counts = await Promise.all(buckets.map(({ id }) => world.store.get(throttleCounts, id)));
    const blockedUntil = Math.max(0, ...counts.map((count) => count?.blockedUntil ?? 0));
    if (blockedUntil > now) return { kind: 'throttled', until: blockedUntil };
    await world.store.commit(buckets.map(({ id, limit }, i) => chargeWrite(id, limit, counts[i], now)));
    return { kind: 'charged' };
  }

  return {
    /** Charges one try, or says until when there is none. */
    async charge(attempted: Try): Promise<Charge> {
      const buckets = bucketsOf(attempted);
      for (let round = 0; round < mostRounds; round += 1) {
        try {
          return await chargeOnce(buckets);
        } catch (error) {
          // Another try of the same account or address was charged in between: read again, it may have been the last.
          if (!isDomainError(error, 'store.conflict') && !isDomainError(error, 'store.duplicate')) throw error;
        }
      }
      return { kind: 'throttled', until: world.clock.now() + rule.account.firstDelay };
    },

    /** Commit with the success: the account's count starts anew, the address gets its try back. */
    forgive({ loginName, address, knownBrowser }: Try): readonly Write[] {
      const addressId = mac(key, 'throttle', 'address', networkOf(address));
      const none = { id: addressId, tries: 0, blockedUntil: 0, expiresAt: world.clock.now() };
      return [
        remove(throttleCounts, accountCountId(key, loginName, knownBrowser)),
        { kind: 'add', collection: throttleCounts, id: addressId, amounts: { tries: -1 }, otherwise: none },
      ];
    },

    /** For an operator who unlocks an account. */
    clear: (loginName: string): readonly Write[] => [remove(throttleCounts, accountCountId(key, loginName))],
  };
}

export type Throttle = ReturnType<typeof throttle>;

function chargeWrite(id: string, limit: ThrottleLimit, count: Stored<ThrottleCount> | undefined, now: Instant): Write {
  const tries = (count?.tries ?? 0) + 1;
  const charged = { id, tries, blockedUntil: now + delayAfter(limit, tries), expiresAt: now + limit.forgetAfter };
  return count ? replace(throttleCounts, { ...charged, version: count.version }) : insert(throttleCounts, charged);
}

/** One subscriber holds a whole IPv6 /64; counting single addresses would count nothing. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const groups = [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}
