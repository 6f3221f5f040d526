/**
 * Slows down guessing, per account and per address, with a delay that grows and ends: nobody is locked out for good.
 * A try is charged before the password is looked at, so that a hundred at once do not all slip through, and forgiven
 * when it was right. A browser in which the account has signed in before has a count of its own, so that a stranger's
 * guessing does not keep the owner out.
 */
import type { Instant } from '../../base/clock.ts';
import { days, hours } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { subscriberOf } from '../../base/networks.ts';
import { add, type Collection, insert, remove, replace, type Stored, type Write } from '../../store/port.ts';
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
  /** Failures in each span of `forgetAfter`, which no success clears: it may have been the owner's, amid the guesses. */
  readonly lasting?: ThrottleLimit;
}

export interface ThrottleCount {
  readonly id: string;
  readonly tries: number;
  readonly blockedUntil: Instant;
  readonly expiresAt: Instant;
  /** How often the account had been cleared when this count began; a count from before the last time is void. */
  readonly epoch?: number;
}

export const throttleCounts: Collection<ThrottleCount> = { name: 'counters', indexes: [], expiresAt: 'expiresAt' };

export interface Try {
  /** Canonical; hashed before it is stored, because people type passwords into the wrong field. */
  readonly loginName: string;
  readonly address: string;
  /** Set when this browser is known to have signed in to this very account; for a code, with a second factor. */
  readonly knownBrowser?: string;
}

export type Charge = { readonly kind: 'charged' } | { readonly kind: 'throttled'; readonly until: Instant };

/** Delay after the n-th try beyond the free ones doubles from the first to the longest. */
export function delayAfter(limit: ThrottleLimit, tries: number): number {
  if (tries < limit.free) return 0;
  return Math.min(limit.longestDelay, limit.firstDelay * 2 ** Math.min(tries - limit.free, 30));
}

/** What is guessed at. Each is counted for itself: guessing at one must not keep the owner from giving the other. */
export type Guessed = 'password' | 'activation-key' | GuessedFactor;

/** Short codes; whoever guesses at them has the password already. `loginName` of a try is then the account's id. */
export const guessedFactors = ['totp', 'mail-code', 'recovery-code', 'temporary-pass', 'certificate'] as const;
export type GuessedFactor = (typeof guessedFactors)[number];
export type FactorThrottles = Readonly<Record<GuessedFactor, Throttle>>;

export interface FactorThrottleRule extends ThrottleRule {
  /** In place of `account` for codes of digits: they bear far fewer guesses than a password. */
  readonly factor: ThrottleLimit;
}

/** More wrong codes than anybody types in a month. */
const lasting: ThrottleLimit = { free: 50, firstDelay: hours(12), longestDelay: hours(12), forgetAfter: days(30) };

/** The others have 36 bits and more: whoever has lost their telephone need not wait for long because somebody else guesses. */
const isOfDigits = (guessed: GuessedFactor): boolean => guessed === 'totp' || guessed === 'mail-code';

export const factorThrottles = (world: World, key: MasterKey, rule: FactorThrottleRule): FactorThrottles =>
  Object.fromEntries(
    guessedFactors.map((guessed) => {
      const { account, address, factor } = rule;
      const ofDigits = { account: factor, address, lasting };
      return [guessed, throttle(world, key, isOfDigits(guessed) ? ofDigits : { account, address }, guessed)];
    }),
  ) as unknown as FactorThrottles;

export function throttle(world: World, key: MasterKey, rule: ThrottleRule, guessed: Guessed = 'password') {
  const accountCountId = (loginName: string, knownBrowser?: string): string =>
    mac(key, 'throttle', guessed, 'account', loginName, knownBrowser ?? '');
  /** Its `tries` are how often an account was cleared: nobody knows in which browsers it has counts of its own. */
  const epochId = (loginName: string): string => mac(key, 'throttle', guessed, 'epoch', loginName);
  const addressCountId = (address: string): string => mac(key, 'throttle', guessed, 'address', subscriberOf(address));

  const lastingCountId = ({ loginName, knownBrowser }: Try, { forgetAfter }: ThrottleLimit): string => {
    const span = String(Math.floor(world.clock.now() / forgetAfter));
    return mac(key, 'throttle', guessed, 'lasting', loginName, span, ...(knownBrowser ? [knownBrowser] : []));
  };

  // A lost round is a try that somebody else was charged or forgiven: after so many the counts are at their delays.
  const mostRounds = 2 * (rule.account.free + rule.address.free);

  async function chargeOnce(attempted: Try): Promise<Charge> {
    const now = world.clock.now();
    const { loginName, knownBrowser } = attempted;
    const read = (id: string) => world.store.get(throttleCounts, id);
    const ofAccount = [
      { id: accountCountId(loginName, knownBrowser), limit: rule.account },
      ...(rule.lasting ? [{ id: lastingCountId(attempted, rule.lasting), limit: rule.lasting }] : []),
    ];
    const addressId = addressCountId(attempted.address);
    const [cleared, address, ...counted] = await Promise.all([
      read(epochId(loginName)),
      read(addressId),
      ...ofAccount.map(({ id }) => read(id)),
    ]);
    const epoch = cleared?.tries ?? 0;
    const counts = counted.map((count) => standingCount(count, epoch));
    const blockedUntil = Math.max(0, ...[address, ...counts].map((count) => count?.blockedUntil ?? 0));
    if (blockedUntil > now) return { kind: 'throttled', until: blockedUntil };
    await world.store.commit([
      ...ofAccount.map(({ id, limit }, at) => chargeWrite({ id, epoch }, limit, counts[at], now)),
      chargeWrite({ id: addressId }, rule.address, address, now),
    ]);
    return { kind: 'charged' };
  }

  return {
    /** Charges one try, or says until when there is none. */
    async charge(attempted: Try): Promise<Charge> {
      for (let round = 0; round < mostRounds; round += 1) {
        try {
          return await chargeOnce(attempted);
        } catch (error) {
          // Another try of the same account or address was charged in between: read again, it may have been the last.
          if (!isDomainError(error, 'store.conflict') && !isDomainError(error, 'store.duplicate')) throw error;
        }
      }
      return { kind: 'throttled', until: world.clock.now() + rule.account.firstDelay };
    },

    /** Commit with the success: the account's count starts anew, address and lasting count give the try back. */
    forgive(attempted: Try): readonly Write[] {
      const { loginName, address, knownBrowser } = attempted;
      const ids = [addressCountId(address), ...(rule.lasting ? [lastingCountId(attempted, rule.lasting)] : [])];
      const giveBack = (id: string): Write =>
        add(throttleCounts, id, { tries: -1 }, { id, tries: 0, blockedUntil: 0, expiresAt: world.clock.now() });
      return [remove(throttleCounts, accountCountId(loginName, knownBrowser)), ...ids.map(giveBack)];
    },

    /** For an operator who unlocks an account: its counts start anew, also those of browsers that are known to it. */
    clear: (loginName: string): readonly Write[] => {
      const id = epochId(loginName);
      return [add(throttleCounts, id, { tries: 1 }, { id, tries: 1, blockedUntil: 0, expiresAt: never })];
    },
  };
}

export type Throttle = ReturnType<typeof throttle>;

const never = Number.MAX_SAFE_INTEGER;

/** One from before the account was cleared counts nothing, and its record is there to be replaced. */
const standingCount = (count: Stored<ThrottleCount> | undefined, epoch: number): Stored<ThrottleCount> | undefined =>
  count && (count.epoch ?? 0) !== epoch ? { ...count, tries: 0, blockedUntil: 0 } : count;

function chargeWrite(
  of: Pick<ThrottleCount, 'id' | 'epoch'>,
  limit: ThrottleLimit,
  count: Stored<ThrottleCount> | undefined,
  now: Instant,
): Write {
  const tries = (count?.tries ?? 0) + 1;
  const delay = delayAfter(limit, tries);
  // Without a wait no time is written: a node whose clock is behind would take this moment for one.
  const charged = { ...of, tries, blockedUntil: delay === 0 ? 0 : now + delay, expiresAt: now + limit.forgetAfter };
  return count ? replace(throttleCounts, { ...charged, version: count.version }) : insert(throttleCounts, charged);
}
