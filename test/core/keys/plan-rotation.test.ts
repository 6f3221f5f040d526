import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { days, hours } from '../../../src/base/duration.ts';
import {
  planRotation,
  type RotationRule,
  type RotationStep,
  rotationRules,
} from '../../../src/core/keys/plan-rotation.ts';
import type { RingKey } from '../../../src/core/keys/ring.ts';

const rule: RotationRule = { period: days(90), publishAhead: days(7), keepRetired: days(14) };
const certificates: RotationRule = { period: days(3285), publishAhead: days(180), keepRetired: days(30) };
const rules = rotationRules(rule, certificates);

const key = (
  serial: number,
  state: RingKey['state'],
  since: number,
  use: RingKey['use'] = 'token-signing',
): RingKey => ({
  id: `${use}-rs256-${serial}`,
  use,
  algorithm: 'RS256',
  state,
  serial,
  createdAt: since,
  since,
  sealed: '',
});

/** The ring after the steps, without making real keys. */
function after(ring: readonly RingKey[], steps: readonly RotationStep[], now: number): readonly RingKey[] {
  let keys = [...ring];
  const move = (id: string, state: RingKey['state']) => {
    keys = keys.map((known) => (known.id === id ? { ...known, state, since: now } : known));
  };
  for (const step of steps) {
    if (step.kind === 'make') keys.push(key(step.serial, 'next', now, step.use));
    if (step.kind === 'drop') move(step.id, 'gone');
    if (step.kind === 'activate') {
      move(step.retiring, 'retiring');
      move(step.id, 'active');
    }
  }
  return keys;
}

describe('planRotation', () => {
  it('does nothing while the active key is young', () => {
    expect(planRotation([key(1, 'active', 0)], rules, days(82))).toEqual([]);
  });

  it('makes the next key so long before the turn as it has to be published', () => {
    const steps = planRotation([key(1, 'active', 0)], rules, days(83));
    expect(steps).toEqual([{ kind: 'make', use: 'token-signing', algorithm: 'RS256', serial: 2 }]);
  });

  it('lets the next key sign when the period is over', () => {
    const ring = [key(1, 'active', 0), key(2, 'next', days(83))];
    expect(planRotation(ring, rules, days(90) - 1)).toEqual([]);
    expect(planRotation(ring, rules, days(90))).toEqual([
      { kind: 'activate', id: 'token-signing-rs256-2', retiring: 'token-signing-rs256-1' },
    ]);
  });

  it('publishes the next key for its full time after a long standstill, before it signs', () => {
    const late = days(400);
    const ring = [key(1, 'active', 0), key(2, 'next', late)];
    expect(planRotation(ring, rules, late + days(7) - 1)).toEqual([]);
    expect(planRotation(ring, rules, late + days(7))).toHaveLength(1);
  });

  it('drops a retired key when nothing that it signed can be valid', () => {
    const ring = [key(1, 'retiring', 0), key(2, 'active', 0)];
    expect(planRotation(ring, rules, days(14) - 1)).toEqual([]);
    expect(planRotation(ring, rules, days(14))).toEqual([{ kind: 'drop', id: 'token-signing-rs256-1' }]);
  });

  it('never turns the key on which subjects hang', () => {
    expect(planRotation([key(1, 'active', 0, 'pairwise')], rules, days(4000))).toEqual([]);
  });

  it('turns certificates by their own calendar, which is that of years', () => {
    const saml = (serial: number, state: RingKey['state'], since: number) => key(serial, state, since, 'saml-signing');
    const ring = [saml(1, 'active', 0), key(1, 'active', days(3000))];
    expect(planRotation(ring, rules, days(3089))).toEqual([
      { kind: 'make', use: 'token-signing', algorithm: 'RS256', serial: 2 },
    ]);
    const late = [saml(1, 'active', 0)];
    expect(planRotation(late, rules, days(3105) - 1)).toEqual([]);
    expect(planRotation(late, rules, days(3105))).toEqual([
      { kind: 'make', use: 'saml-signing', algorithm: 'RS256', serial: 2 },
    ]);
    const both = [...late, saml(2, 'next', days(3105))];
    expect(planRotation(both, rules, days(3285) - 1)).toEqual([]);
    expect(planRotation(both, rules, days(3285))).toMatchObject([{ kind: 'activate', id: 'saml-signing-rs256-2' }]);
  });

  it('drops no key that a service pins, and lets it go when none does any more', () => {
    const ring = [key(1, 'retiring', 0, 'saml-signing'), key(2, 'active', 0, 'saml-signing')];
    expect(planRotation(ring, rules, days(400), new Set(['saml-signing-rs256-1']))).toEqual([]);
    expect(planRotation(ring, rules, days(400), new Set(['saml-signing-rs256-2']))).toEqual([
      { kind: 'drop', id: 'saml-signing-rs256-1' },
    ]);
  });

  it('lets no key sign past its certificate, whatever the rule has become since', () => {
    const ending = { ...key(1, 'active', 0, 'saml-signing'), certificate: { der: '', endsAt: days(1000) } };
    expect(planRotation([ending], rules, days(790) - 1)).toEqual([]);
    expect(planRotation([ending], rules, days(790))).toMatchObject([{ kind: 'make' }]);
    const ring = [ending, key(2, 'next', days(790), 'saml-signing')];
    expect(planRotation(ring, rules, days(970) - 1)).toEqual([]);
    expect(planRotation(ring, rules, days(970))).toMatchObject([{ kind: 'activate' }]);
  });

  it('keeps one active key, and lets none sign that was not published, whenever it is asked, also by a clock that jumps', () => {
    const jump = fc.integer({ min: -hours(1), max: days(40) });
    fc.assert(
      fc.property(fc.array(jump, { maxLength: 60 }), (jumps) => {
        let ring: readonly RingKey[] = [key(1, 'active', 0)];
        let now = 0;
        for (const length of jumps) {
          now = Math.max(0, now + length);
          for (const step of planRotation(ring, rules, now)) {
            const turned = step.kind === 'activate' ? ring.find(({ id }) => id === step.id) : undefined;
            if (turned) expect(now - turned.since).toBeGreaterThanOrEqual(rule.publishAhead);
            ring = after(ring, [step], now);
          }
          expect(ring.filter(({ state }) => state === 'active')).toHaveLength(1);
          expect(ring.filter(({ state }) => state === 'next').length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
