/** Going through a login with the right answers, told in the words of the tables of walks. */
import { hours } from '../../src/base/duration.ts';
import { trueLevels } from '../../src/core/credentials/assurance.ts';
import type { FactorUse, SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Position } from '../../src/login/login.ts';
import type { Decision } from '../../src/login/next-step.ts';
import { passwordUse, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { shownIn, type Traits, type Walker } from './walker.ts';

const [then, earlier] = [startInstant - 60_000, startInstant - hours(1)];

/** What a session remembers, by the words of a table. */
export const sessionsKnown: Readonly<Record<string, readonly FactorUse[]>> = {
  none: [],
  password: [passwordUse(then)],
  'old password': [passwordUse(earlier)],
  'password+totp': [passwordUse(then), useOf('totp', then)],
  'password+old totp': [passwordUse(then), useOf('totp', earlier)],
  'passkey alone': [passkeyUse(then)],
};

/** What an account has, as a table writes it: `new`: activated in person, within the window. */
export const traitsOf = (has: string): Traits => ({
  isNew: has === 'new',
  isPasswordless: has === 'passkey, first',
  held: has.split(/[+,]/).filter((kind) => /-|totp|passkey/.test(kind)) as SecondFactorKind[],
});

const outcomeOf = (position: Position): string => {
  if (position.kind === 'step') return `${shownIn(position).step}…`;
  const { outcome, situation } = position;
  if (outcome.kind === 'denied') return outcome.reason;
  const factors = outcome.factors.map(({ kind }) => kind).sort();
  return `granted ${factors.join('+')} = ${trueLevels(situation.assurance, outcome.factors).join(' ')}`;
};

/** Steps and outcome of a login, in which everything is answered rightly until nothing is asked any more. */
export async function walk(walker: Walker, first: Position): Promise<readonly string[]> {
  const steps: string[] = [];
  let position = first;
  while (position.kind === 'step' && steps.length < 20) {
    steps.push(shownIn(position).step);
    position = await walker.answer(position, await walker.rightAnswer(position));
  }
  return [...steps, outcomeOf(position)];
}

/** What a service is told that allows no page. */
export const told = (decision: Decision): string => {
  if (decision.kind === 'step') return decision.step.asks;
  return decision.kind === 'denied' ? decision.reason : 'granted';
};
