/** What stands in for a second factor, through the whole machine: the step that each opens, and what is asserted. */
import { describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { planNewRecoveryCodes } from '../../src/core/credentials/recovery-codes.ts';
import { planTemporaryPass } from '../../src/core/credentials/temporary-pass.ts';
import { type Position, subjectIn } from '../../src/login/login.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';

const fresh = freshLogin();
const operator = { kind: 'operator' } as const;

async function stand() {
  await fresh().addConnection({ requiredLevel: 'mfa' });
  return fresh().addAccount();
}

/** Answers each step with the next of `answers`; what is shown at the end. */
async function walk(...answers: readonly Readonly<Record<string, string>>[]): Promise<Position> {
  const { login, visitor, world } = fresh();
  const handle = world.ids.token();
  let position = await login.begin(handle, sampleRequest(), await visitor());
  for (const fields of [undefined, ...answers]) {
    if (position.kind !== 'step') throw new TypeError('the login is over');
    const { attempt, decision, situation } = position;
    const shown = { step: decision.step.name, turn: attempt.version, subject: subjectIn(situation) };
    position = await login.answer(handle, shown, fields ? answerOf(fields) : rightAnswer, await visitor());
  }
  return position;
}
const stepOf = (position: Position) => (position.kind === 'step' ? position.decision.step.name : position.outcome.kind);

describe('a login with a recovery code', () => {
  async function codes(): Promise<readonly string[]> {
    const { world, codeDigest } = fresh();
    const { id } = await stand();
    const made = await planNewRecoveryCodes(world, codeDigest, operator, id);
    await world.store.commit(made.writes);
    return made.codes;
  }

  it('asks for it after the password, says how many are left, and reaches what is required', async () => {
    const [code = ''] = await codes();
    expect(stepOf(await walk())).toBe('recovery-code');
    const told = await walk({ code });
    expect(stepOf(told)).toBe('recovery-codes-left');
  });

  it('is granted with the factors that were used', async () => {
    const [code = ''] = await codes();
    const done = await walk({ code }, { choice: 'seen' });
    if (done.kind !== 'finished' || done.outcome.kind !== 'granted') throw new TypeError('it was not granted');
    expect(done.outcome.factors.map(({ kind }) => kind)).toEqual(['password', 'recovery-code']);
    expect(await fresh().audited()).toContainEqual(
      expect.objectContaining({ type: 'login.granted', levels: ['password', 'sfa', 'mfa'] }),
    );
  });
});

describe('a login with a temporary pass', () => {
  async function pass(): Promise<string> {
    const { world, codeDigest } = fresh();
    const account = await stand();
    const giving = { account, seenBy: 'Yamada Taro', expiresAt: fresh().clock.now() + hours(24) };
    const given = await planTemporaryPass(world, codeDigest, operator, giving);
    await world.store.commit(given.writes);
    return given.pass;
  }

  it('leads to the setting up of a factor, and grants nothing by itself', async () => {
    const code = await pass();
    expect(stepOf(await walk())).toBe('temporary-pass');
    expect(stepOf(await walk({ code }))).toBe('enrol-factor');
  });

  it('is not asked for, and opens nothing, where there is none', async () => {
    await stand();
    expect(await walk()).toMatchObject({ outcome: { kind: 'denied', reason: 'enrolment_closed' } });
  });
});
