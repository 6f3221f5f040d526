/**
 * How much of long requests is kept for strangers. What a service asks is kept before anybody has proven anything, so without a
 * bound whoever sends many long ones fills the disk. Octets are counted, not requests: thousands of people share the address of
 * a campus, and what they bring is short and never comes here. All nodes count together.
 */
import type { Instant } from '../base/clock.ts';
import { minutes } from '../base/duration.ts';
import { DomainError } from '../base/errors.ts';
import { subscriberOf } from '../base/networks.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { mac } from '../core/keys/seal.ts';
import type { World } from '../core/world.ts';
import { add, type Collection } from '../store/port.ts';
import type { LoginOrigin } from './facts.ts';

interface KeptLength {
  readonly id: string;
  readonly octets: number;
  readonly expiresAt: Instant;
}

export const keptLengths: Collection<KeptLength> = { name: 'keptLengths', indexes: [], expiresAt: 'expiresAt' };

/** In MiB, in any five minutes by the clock. */
export interface AllowanceRule {
  readonly addressMiB: number;
  readonly totalMiB: number;
}

/** Characters. A request that is no longer is what services send every day, and is not counted. */
export const longestUncounted = 4_096;

export interface RequestAllowance {
  /** @throws DomainError `request.too_many` when so much is not to be kept now. */
  take(from: LoginOrigin, octets: number): Promise<void>;
}

const span = minutes(5);

export function requestAllowance(world: World, key: MasterKey, rule: AllowanceRule): RequestAllowance {
  const { store, clock } = world;

  function countsOf({ address, isAddressHidden }: LoginOrigin, begun: Instant) {
    const total = { id: `total:${begun}`, most: rule.totalMiB * mebibyte, bound: 'total' };
    // Behind a proxy that does not say for whom it asks, the address is everybody's.
    if (isAddressHidden) return [total];
    const id = mac(key, 'throttle', 'request-length', subscriberOf(address), String(begun));
    return [{ id, most: rule.addressMiB * mebibyte, bound: 'address' }, total];
  }

  return {
    async take(from, octets) {
      const now = clock.now();
      const begun = now - (now % span);
      const counts = countsOf(from, begun);
      const check = async (more: number): Promise<void> => {
        for (const { id, most, bound } of counts) {
          const kept = (await store.get(keptLengths, id))?.octets ?? 0;
          if (kept + more <= most) continue;
          throw new DomainError('request.too_many', {
            bound,
            retryAfterSeconds: Math.ceil((begun + span - now) / 1000),
          });
        }
      };
      // A flood that is refused costs a read.
      await check(octets);
      const expiresAt = begun + 2 * span;
      const count = async (more: number): Promise<void> => {
        await store.commit(
          counts.map(({ id }) => add(keptLengths, id, { octets: more }, { id, octets: more, expiresAt })),
        );
      };
      await count(octets);
      try {
        // Of many at once each has counted itself before it looks again, so that together they stay within the bound.
        await check(0);
      } catch (error) {
        // Nothing is kept of it: thousands at once from one address would use up what there is for everybody.
        await count(-octets);
        throw error;
      }
    },
  };
}

const mebibyte = 1024 * 1024;
