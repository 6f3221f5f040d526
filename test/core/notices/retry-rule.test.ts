import { describe, expect, it } from '@jest/globals';
import { nextTry } from '../../../src/core/notices/retry-rule.ts';
import { day, hour, minute } from './outbox-stage.ts';

const now = Date.UTC(2026, 3, 10, 8);
const kind = 'mail';
const delayAfter = (attempts: number, failure: 'later' | 'unreachable' = 'later', chance = 0.5): number | undefined => {
  const next = nextTry({ kind, attempts, waitsSince: now }, failure, { now, giveUpAfter: 4 * day, chance });
  return next === undefined ? undefined : next - now;
};

describe('nextTry', () => {
  it('grows from a minute to six hours', () => {
    const delays = [1, 2, 3, 4, 8, 9, 10, 100].map((attempts) => delayAfter(attempts));
    expect(delays).toEqual([1, 2, 4, 8, 128, 256, 360, 360].map((count) => count * minute));
  });

  it('asks a service at least every half hour whether it can be told of log-outs', () => {
    const waiting = { kind: 'logout', attempts: 100, waitsSince: now } as const;
    expect(nextTry(waiting, 'later', { now, giveUpAfter: 4 * day, chance: 0.5 })).toBe(now + 30 * minute);
  });

  it('asks again within ten minutes where the way itself is closed', () => {
    expect([1, 4, 5, 100].map((attempts) => delayAfter(attempts, 'unreachable'))).toEqual(
      [1, 8, 10, 10].map((count) => count * minute),
    );
  });

  it('spreads the attempts by a fifth to either side', () => {
    expect([0, 0.5, 1].map((chance) => delayAfter(10, 'later', chance))).toEqual([4.8 * hour, 6 * hour, 7.2 * hour]);
  });

  it('makes one last attempt at the end of its patience, and none after it', () => {
    const rule = { giveUpAfter: 4 * day, chance: 0.5 };
    const waiting = { kind, attempts: 20, waitsSince: now } as const;
    const end = now + 4 * day;
    expect(nextTry(waiting, 'later', { ...rule, now: end - hour })).toBe(end);
    expect(nextTry(waiting, 'later', { ...rule, now: end })).toBeUndefined();
  });

  it('looks at a secret again when it lapses', () => {
    const lapsesAt = now + 30_000;
    const waiting = { kind, attempts: 1, waitsSince: now, lapsesAt } as const;
    expect(nextTry(waiting, 'later', { now, giveUpAfter: day, chance: 0.5 })).toBe(lapsesAt);
  });
});
