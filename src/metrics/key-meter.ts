/** The keys in use: how old they are, and when the calendar turns them. They are in memory; the store is not asked. */
import { Gauge, type Registry } from 'prom-client';
import type { Instant } from '../base/clock.ts';
import type { RingKey } from '../core/keys/ring.ts';

export interface KeyMeans {
  keys(): readonly RingKey[];
  /** When an active key is to be followed by the next; undefined for one that never is. */
  turnsAt(key: RingKey): Instant | undefined;
}

/** To be called when somebody asks. */
export function keyMeter(registry: Registry, { keys, turnsAt }: KeyMeans): (now: Instant) => void {
  const ages = new Gauge({
    name: 'sekisho_key_age_seconds',
    help: 'Since when a key is in its state, by use, algorithm and state; of several the oldest',
    labelNames: ['use', 'algorithm', 'state'],
    registers: [registry],
  });
  const turns = new Gauge({
    name: 'sekisho_key_turn_seconds',
    help: 'Time until the key that signs is followed by the next; below 0 when that is late',
    labelNames: ['use', 'algorithm'],
    registers: [registry],
  });
  return (now) => {
    ages.reset();
    turns.reset();
    const youngestFirst = [...keys()].sort((left, right) => right.since - left.since);
    for (const key of youngestFirst) {
      const { use, algorithm, state, since } = key;
      ages.set({ use, algorithm, state }, (now - since) / 1000);
      const turn = state === 'active' ? turnsAt(key) : undefined;
      if (turn !== undefined) turns.set({ use, algorithm }, (turn - now) / 1000);
    }
  };
}
