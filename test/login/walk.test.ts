/** Every path: request × session × factors held × policy → steps → outcome, on the real machine, as one table. */
import { describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { trueLevels } from '../../src/core/credentials/assurance.ts';
import type { FactorUse, SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { Position } from '../../src/login/login.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { passwordUse, sampleSession, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { freshLogin } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';
import { walks } from './walk-table.ts';
import { openWalker, shownIn, type Traits, type Walker } from './walker.ts';

const [then, earlier] = [startInstant - 60_000, startInstant - hours(1)];

const sessionsKnown: Readonly<Record<string, readonly FactorUse[]>> = {
  none: [],
  password: [passwordUse(then)],
  'old password': [passwordUse(earlier)],
  'password+totp': [passwordUse(then), useOf('totp', then)],
  'password+old totp': [passwordUse(then), useOf('totp', earlier)],
  'passkey alone': [passkeyUse(then)],
};

const demand = (essential: boolean, ...acceptable: LoginRequest['demand']['acceptable']) => ({
  demand: { acceptable, essential },
});

const requests: Readonly<Record<string, Partial<LoginRequest>>> = {
  plain: {},
  'insists on sfa': demand(true, 'sfa'),
  'insists on mfa': demand(true, 'mfa'),
  'insists on aal2': demand(true, 'aal2'),
  'insists on phishing-resistant': demand(true, 'phishing-resistant'),
  'insists on password': demand(true, 'password'),
  'insists on aal2 or mfa': demand(true, 'aal2', 'mfa'),
  'wishes mfa': demand(false, 'mfa'),
  'wishes aal2': demand(false, 'aal2'),
  forces: { force: true },
  'forces, wishes mfa': { force: true, ...demand(false, 'mfa') },
  'max_age 10 min': { maxAgeSeconds: 600 },
};

const traitsOf = (has: string): Traits => ({
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

/** Answers everything rightly until nothing is asked any more. */
async function walk(walker: Walker, first: Position): Promise<readonly string[]> {
  const steps: string[] = [];
  let position = first;
  while (position.kind === 'step' && steps.length < 20) {
    steps.push(shownIn(position).step);
    position = await walker.answer(position, await walker.rightAnswer(position));
  }
  return [...steps, outcomeOf(position)];
}

describe('every walk', () => {
  const fresh = freshLogin();

  it.each(walks)('%s session; has %s; connection %s; %s', async (session, has, connection, request, path, passive) => {
    const { put, addConnection, login } = fresh();
    const walker = await openWalker(fresh(), traitsOf(has));
    await addConnection(connection === 'mfa' ? { requiredLevel: 'mfa' } : {});
    const factors = sessionsKnown[session] ?? [];
    const known = factors.length > 0 ? await put(sessions, sampleSession({ factors })) : undefined;
    const asked = sampleRequest(requests[request]);
    const { decision } = await login.judge(asked, known);
    const told =
      decision.kind === 'step' ? decision.step.asks : decision.kind === 'denied' ? decision.reason : 'granted';
    const walked = await walk(walker, await walker.begin(asked, known));
    expect([walked.join(' > '), told]).toEqual([path, passive]);
  });
});
