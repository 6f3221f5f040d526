/**
 * What the calendar asks of a key next, and when. The plan itself is asked, at every moment at which its answer can change,
 * so that what is announced and what will be done cannot differ.
 */
import type { Instant } from '../base/clock.ts';
import type { PinnedKeys } from '../core/connections/pinned-keys.ts';
import {
  isTurning,
  keysAt,
  planRotation,
  type RotationRule,
  type RotationRules,
  type RotationStep,
} from '../core/keys/plan-rotation.ts';
import type { RingKey } from '../core/keys/ring.ts';

export type TurnKind = 'succeed' | 'activate' | 'retire' | 'drop';

export interface NextTurn {
  readonly kind: TurnKind;
  /** In the past when it is due and has not been done yet. */
  readonly at: Instant;
}

interface Calendar {
  readonly rules: RotationRules;
  readonly pinned: PinnedKeys;
}

/** Undefined for a key of which the calendar asks nothing. */
export function nextTurn(key: RingKey, keys: readonly RingKey[], { rules, pinned }: Calendar): NextTurn | undefined {
  if (!isTurning(key.use)) return undefined;
  const here = keysAt(keys, key);
  for (const at of turningPoints(here, rules[key.use])) {
    const kind = planRotation(here, rules, at, pinned).map((step) => kindFor(key, step));
    const asked = kind.find((one) => one !== undefined);
    if (asked) return { kind: asked, at };
  }
  return undefined;
}

const turningPoints = (keys: readonly RingKey[], rule: RotationRule): readonly Instant[] =>
  keys
    .flatMap(({ since, certificate }) => [
      since + rule.period - rule.publishAhead,
      since + rule.publishAhead,
      since + rule.period,
      since + rule.keepRetired,
      ...(certificate
        ? [certificate.endsAt - rule.keepRetired - rule.publishAhead, certificate.endsAt - rule.keepRetired]
        : []),
    ])
    .sort((a, b) => a - b);

function kindFor({ id, state }: RingKey, step: RotationStep): TurnKind | undefined {
  switch (step.kind) {
    case 'make':
      return state === 'active' ? 'succeed' : undefined;
    case 'activate':
      return step.id === id ? 'activate' : step.retiring === id ? 'retire' : undefined;
    case 'drop':
      return step.id === id ? 'drop' : undefined;
  }
}
