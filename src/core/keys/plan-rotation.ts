/**
 * When keys turn: a pure function of ring and time. A key is made and published as `next` long before it signs, so that
 * whoever caches our keys has it by then; it goes on being published as `retiring` until everything it signed has
 * expired. A clock that jumps can hurry nothing: each state lasts at least its length from when it was entered.
 */
import type { Instant } from '../../base/clock.ts';
import type { RingAlgorithm, RingKey, RingPlace, RingUse } from './ring.ts';

/** Milliseconds. */
export interface RotationRule {
  /** How long a key signs. */
  readonly period: number;
  /** How long it is published before that, at least. */
  readonly publishAhead: number;
  /** How long it is published after that. */
  readonly keepRetired: number;
}

export type RotationStep =
  | ({ readonly kind: 'make'; readonly serial: number } & RingPlace)
  /** The present active key retires in the same commit. */
  | { readonly kind: 'activate'; readonly id: string; readonly retiring: string }
  | { readonly kind: 'drop'; readonly id: string };

/** `pairwise` never turns, since subjects hang on it; `audit-signing` turns only by hand, since the log names its key. */
export const turningUses: readonly RingUse[] = ['token-signing', 'cookie-signing', 'token-sealing'];

export function planRotation(keys: readonly RingKey[], rule: RotationRule, now: Instant): readonly RotationStep[] {
  return placesOf(keys).flatMap((place) => planPlace(place, keysAt(keys, place), rule, now));
}

function planPlace(place: RingPlace, keys: readonly RingKey[], rule: RotationRule, now: Instant): RotationStep[] {
  const active = keys.find(({ state }) => state === 'active');
  const next = keys.find(({ state }) => state === 'next');
  const dropped = keys
    .filter(({ state, since }) => state === 'retiring' && now >= since + rule.keepRetired)
    .map(({ id }): RotationStep => ({ kind: 'drop', id }));
  if (!active) return dropped;
  const endsAt = active.since + rule.period;
  if (!next && now >= endsAt - rule.publishAhead) {
    return [...dropped, { kind: 'make', ...place, serial: nextSerial(keys) }];
  }
  if (next && now >= endsAt && now >= next.since + rule.publishAhead) {
    return [...dropped, { kind: 'activate', id: next.id, retiring: active.id }];
  }
  return dropped;
}

export const nextSerial = (keys: readonly RingKey[]): number => Math.max(0, ...keys.map(({ serial }) => serial)) + 1;

export const keysAt = (keys: readonly RingKey[], { use, algorithm }: RingPlace): readonly RingKey[] =>
  keys.filter((key) => key.use === use && key.algorithm === algorithm);

/** The places that turn, each once. */
export function placesOf(keys: readonly RingKey[]): readonly RingPlace[] {
  const turning = keys.filter(({ use }) => turningUses.includes(use));
  const named = new Map(turning.map(({ use, algorithm }) => [`${use} ${algorithm}`, { use, algorithm }] as const));
  return [...named.values()].sort((a, b) => order(a) - order(b));
}

const algorithms: readonly RingAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'HS256'];
const order = ({ use, algorithm }: RingPlace): number => turningUses.indexOf(use) * 10 + algorithms.indexOf(algorithm);
