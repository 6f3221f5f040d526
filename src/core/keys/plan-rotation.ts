/**
 * When keys turn: a pure function of ring and time. A key is made and published as `next` long before it signs, so that
 * whoever caches our keys has it by then; it goes on being published as `retiring` until everything it signed has
 * expired. A clock that jumps can hurry nothing: each state lasts at least its length from when it was entered.
 */
import type { Instant } from '../../base/clock.ts';
import type { RingAlgorithm } from './forge.ts';
import type { RingKey, RingPlace, RingUse } from './ring.ts';

/** Milliseconds. */
export interface RotationRule {
  /** How long a key signs. */
  readonly period: number;
  /** How long it is published before that, at least. */
  readonly publishAhead: number;
  /** How long it is published after that. */
  readonly keepRetired: number;
}

type TurningPlace = RingPlace & { readonly use: TurningUse };

export type RotationStep =
  | ({ readonly kind: 'make'; readonly serial: number } & RingPlace)
  /** The present active key retires in the same commit. */
  | { readonly kind: 'activate'; readonly id: string; readonly retiring: string }
  | { readonly kind: 'drop'; readonly id: string };

/**
 * `pairwise` and `code-digest` never turn, since subjects and printed codes hang on them; `audit-signing` turns only by
 * hand, since the log names its key.
 */
export const turningUses = ['token-signing', 'cookie-signing', 'token-sealing', 'saml-signing'] as const;
export type TurningUse = (typeof turningUses)[number];
export const isTurning = (use: RingUse): use is TurningUse => (turningUses as readonly RingUse[]).includes(use);

export type RotationRules = Readonly<Record<TurningUse, RotationRule>>;

/** Services fetch keys of tokens by themselves, within hours; certificates they take weeks to take, or by hand. */
export const rotationRules = (tokens: RotationRule, certificates: RotationRule): RotationRules => ({
  'token-signing': tokens,
  'cookie-signing': tokens,
  'token-sealing': tokens,
  'saml-signing': certificates,
});

/** `pinned`: keys that a service was given by hand, by id. They go on signing for it, so they are never dropped. */
export function planRotation(
  keys: readonly RingKey[],
  rules: RotationRules,
  now: Instant,
  pinned: Pick<ReadonlySet<string>, 'has'> = new Set(),
): readonly RotationStep[] {
  const steps = placesOf(keys).flatMap((place) => planPlace(place, keysAt(keys, place), rules[place.use], now));
  return steps.filter((step) => step.kind !== 'drop' || !pinned.has(step.id));
}

function planPlace(place: RingPlace, keys: readonly RingKey[], rule: RotationRule, now: Instant): RotationStep[] {
  const active = keys.find(({ state }) => state === 'active');
  const next = keys.find(({ state }) => state === 'next');
  const dropped = keys
    .filter(({ state, since }) => state === 'retiring' && now >= since + rule.keepRetired)
    .map(({ id }): RotationStep => ({ kind: 'drop', id }));
  if (!active) return dropped;
  // A certificate that ends earlier ends its key: it was made under another rule.
  const lastsUntil = (active.certificate?.endsAt ?? Number.POSITIVE_INFINITY) - rule.keepRetired;
  const endsAt = Math.min(active.since + rule.period, lastsUntil);
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
export function placesOf(keys: readonly RingKey[]): readonly TurningPlace[] {
  const turning = keys.flatMap(({ use, algorithm }) => (isTurning(use) ? [{ use, algorithm }] : []));
  const named = new Map(turning.map((place) => [`${place.use} ${place.algorithm}`, place] as const));
  return [...named.values()].sort((a, b) => order(a) - order(b));
}

const algorithms: readonly RingAlgorithm[] = ['RS256', 'ES256', 'EdDSA', 'HS256'];
const order = ({ use, algorithm }: TurningPlace): number =>
  turningUses.indexOf(use) * 10 + algorithms.indexOf(algorithm);
