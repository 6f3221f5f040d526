import { describe, expect, it } from '@jest/globals';
import { credentialsOf } from '../../../src/core/credentials/credential.ts';
import type { Attempt } from '../../../src/login/attempt.ts';
import type { Position } from '../../../src/login/login.ts';
import { enrolTotp } from '../../../src/login/steps/enrol-totp.ts';
import type { Stored } from '../../../src/store/port.ts';
import { startInstant } from '../../core/sample-records.ts';
import { authenticatorApp } from '../../support/authenticator-app.ts';
import { answerOf, freshLogin, rightAnswer } from '../fresh-login.ts';
import { sampleRequest, sampleSituation, sampleSubject } from '../sample-situation.ts';

const fresh = freshLogin();
const handle = 'h'.repeat(43);

const shownBy = (position: Position) =>
  position.kind === 'step'
    ? { step: position.decision.step.name, turn: position.attempt.version, subject: 'account-1' }
    : { step: 'none', turn: 0, subject: '' };

/** A student with a key from the desk, a day ago, at the page of the app; and what is answered there. */
async function arrive() {
  const { addAccount, addConnection, login, visitor } = fresh();
  await addAccount({ account: { activation: { at: startInstant, handed: 'in-person' } } });
  await addConnection({ requiredLevel: 'mfa' });
  const browser = await visitor();
  const begun = await login.begin(handle, sampleRequest(), browser);
  const shown = { ...shownBy(begun), subject: '' };
  const known = await login.answer(handle, shown, rightAnswer, browser);
  const answer = (position: Position, fields: Record<string, string>) =>
    login.answer(handle, shownBy(position), answerOf(fields), browser);
  return { at: await answer(known, { choice: 'totp' }), answer };
}

type Invited = ReturnType<typeof enrolTotp.show>;
const show = (position: Position, showing = {}): Invited => {
  if (position.kind !== 'step') throw new Error('there is no page');
  return enrolTotp.show(fresh().means, position.situation, { locale: 'ja', ...showing });
};
const appOf = (position: Position) => authenticatorApp(show(position).invitation.key);
const attemptOf = (position: Position): Stored<Attempt> => position.attempt;

describe('setting up an authenticator app in the middle of a login', () => {
  it('is due where it was chosen and may be done', () => {
    const connection = { ...sampleSituation().connection, requiredLevel: 'mfa' } as never;
    const owner = sampleSubject();
    const account = { ...owner.account, activation: { at: startInstant, handed: 'in-person' as const } };
    const at = (progress: object, subject = sampleSubject({ account })) =>
      enrolTotp.isDue(sampleSituation({ connection, subject, progress }));
    expect(at({ enrolling: { kind: 'totp' } })).toBe(true);
    expect(at({})).toBe(false);
    expect(at({ enrolling: { kind: 'mail-code' } })).toBe(false);
    expect(at({ enrolling: { kind: 'totp' } }, sampleSubject())).toBe(false);
  });

  it('shows one and the same secret until it is confirmed, and stores none in clear', async () => {
    const { at, answer } = await arrive();
    const { invitation, hasOtherKinds } = show(at);
    expect(invitation).toMatchObject({ issuer: '京大', loginName: 'a0123456' });
    expect(hasOtherKinds).toBe(true);
    expect(JSON.stringify(attemptOf(at))).not.toContain(invitation.key.replaceAll(' ', ''));
    const again = await answer(at, { code: '000000' });
    expect(again).toMatchObject({ kind: 'step', problem: { kind: 'wrong' } });
    expect(show(again).invitation.key).toBe(invitation.key);
  });

  it('stores the app under its name when its code is right, and the login goes on with it', async () => {
    const { at, answer } = await arrive();
    const code = appOf(at).codeAt(startInstant);
    const next = await answer(at, { code, name: ' 私のスマートフォン ' });
    expect(next).toMatchObject({ kind: 'step', decision: { step: { name: 'keep-recovery-codes' } } });
    const held = await credentialsOf(fresh().world.store, 'account-1');
    expect(held).toContainEqual(expect.objectContaining({ kind: 'totp', name: '私のスマートフォン' }));
    const done = await answer(next, { choice: 'kept' });
    expect(done).toMatchObject({
      kind: 'finished',
      outcome: { kind: 'granted', factors: [{ kind: 'password' }, { kind: 'totp' }] },
    });
    expect(await fresh().audited()).toContainEqual({ type: 'factor.added', accountId: 'account-1', kind: 'totp' });
  });

  it.each([
    ['the name that the page proposes', { name: ' ', unnamed: '認証アプリ' }, '認証アプリ'],
    ['a name at all', {}, 'TOTP'],
  ])('does not do without %s', async (_what, fields, name) => {
    const { at, answer } = await arrive();
    await answer(at, { code: appOf(at).codeAt(startInstant), ...fields });
    expect(await credentialsOf(fresh().world.store, 'account-1')).toContainEqual(expect.objectContaining({ name }));
  });

  it('stores nothing for a wrong code or none, keeps the name that was typed, and counts no try', async () => {
    const { at, answer } = await arrive();
    let position = at;
    for (let i = 0; i < 10; i += 1) position = await answer(position, { code: i % 2 ? '000000' : '', name: 'Phone' });
    expect(position).toMatchObject({ problem: { kind: 'wrong' } });
    expect(show(position, { typed: answerOf({ name: 'Phone' }) }).appName).toBe('Phone');
    expect(await credentialsOf(fresh().world.store, 'account-1')).toHaveLength(1);
    const code = appOf(position).codeAt(startInstant);
    expect(await answer(position, { code })).toMatchObject({
      decision: { step: { name: 'keep-recovery-codes' } },
    });
  });

  it('goes back to the choice of what to set up, and begins with a new secret after that', async () => {
    const { at, answer } = await arrive();
    const choosing = await answer(at, { choice: 'other' });
    expect(choosing).toMatchObject({ decision: { step: { name: 'enrol-factor' } } });
    const again = await answer(choosing, { choice: 'totp' });
    expect(show(again).invitation.key).not.toBe(show(at).invitation.key);
  });

  it('is done once, however often the button is pressed', async () => {
    const { at, answer } = await arrive();
    const code = appOf(at).codeAt(startInstant);
    const ends = await Promise.allSettled(Array.from({ length: 5 }, () => answer(at, { code })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'attempt.stale' } });
    const held = await credentialsOf(fresh().world.store, 'account-1');
    expect(held.filter(({ kind }) => kind === 'totp')).toHaveLength(1);
  });
});
