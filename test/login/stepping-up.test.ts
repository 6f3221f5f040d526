import { describe, expect, it } from '@jest/globals';
import { hours } from '../../src/base/duration.ts';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { attemptIdOf, attempts } from '../../src/login/attempt.ts';
import type { Position } from '../../src/login/login.ts';
import { remove } from '../../src/store/port.ts';
import { passwordUse, sampleSession, startInstant } from '../core/sample-records.ts';
import { goodPassword } from '../support/sekisho.ts';
import { answerOf, freshLogin } from './fresh-login.ts';
import { handle } from './passkey-visit.ts';
import { sampleRequest } from './sample-situation.ts';
import { openWalker, shownIn, type Traits } from './walker.ts';

const insisting = sampleRequest({ demand: { acceptable: ['mfa'], essential: true } });
const stale = { code: 'attempt.stale' };

describe('a login with a second factor', () => {
  const fresh = freshLogin();
  const stand = async (traits: Traits) => {
    await fresh().addConnection();
    return openWalker(fresh(), traits);
  };
  const remembered = (at = startInstant) =>
    fresh().put(sessions, sampleSession({ factors: [passwordUse(at)], endsAt: at + hours(12) }));
  const rightly = async (walker: Awaited<ReturnType<typeof stand>>, position: Position): Promise<Position> =>
    walker.answer(position, await walker.rightAnswer(position));

  it('asks for the missing factor alone, and adds it to the session under a new token', async () => {
    const walker = await stand({ held: ['totp'] });
    const session = await remembered(startInstant - hours(1));
    const shown = await walker.begin(insisting, session);
    expect(shownIn(shown).step).toBe('totp');
    const done = await rightly(walker, shown);
    expect(done).toMatchObject({ kind: 'finished', outcome: { kind: 'granted', sessionId: session.id } });
    const token = done.kind === 'finished' ? (done.sessionToken ?? '') : '';
    const risen = await sessionByToken(fresh().world, token);
    expect(risen?.factors.map(({ kind, at }) => [kind, at])).toEqual([
      ['password', startInstant - hours(1)],
      ['totp', startInstant],
    ]);
    expect(risen?.tokenDigest).not.toBe(session.tokenDigest);
  });

  it('counts one of twenty right answers that come at once', async () => {
    const walker = await stand({ held: ['totp'] });
    const shown = await walker.begin(insisting, await remembered());
    const fields = await walker.rightAnswer(shown);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => walker.answer(shown, fields)));
    const granted = all.filter(
      ({ status, ...rest }) => status === 'fulfilled' && 'value' in rest && rest.value.kind === 'finished',
    );
    expect(granted).toHaveLength(1);
    expect((await fresh().audited()).filter(({ type }) => type === 'login.granted')).toHaveLength(1);
  });

  it('takes a code in one login only, though two wait for it', async () => {
    const walker = await stand({ held: ['totp'] });
    const session = await remembered();
    const { login } = fresh();
    const shown = await walker.begin(insisting, session);
    const fields = await walker.rightAnswer(shown);
    const other = await login.begin('other', insisting, await walker.visitor());
    await walker.answer(shown, fields);
    const again = await login.answer('other', shownIn(other), answerOf(fields), await walker.visitor());
    expect(again).toMatchObject({ kind: 'step', problem: { kind: 'used' } });
  });

  it('does not count a factor that was taken away in the middle of it', async () => {
    const walker = await stand({ held: ['totp'] });
    await fresh().addConnection({ id: 'mykuline', consent: 'once' });
    const request = { ...insisting, connectionId: 'mykuline' };
    const release = await rightly(walker, await walker.begin(request, await remembered()));
    expect(shownIn(release).step).toBe('release');
    await fresh().world.store.commit([remove(credentials, 'totp-1')]);
    const visitor = await walker.visitor();
    const after = fresh().login.answer(handle, shownIn(release), answerOf({ choice: 'allow' }), visitor);
    expect(await after).toMatchObject({ outcome: { kind: 'denied', reason: 'enrolment_closed' } });
  });

  it('sets up a factor without leaving it, shows the codes once, and goes on', async () => {
    const walker = await stand({ isNew: true });
    const steps: string[] = [];
    let position = await walker.begin(insisting);
    for (; position.kind === 'step'; position = await rightly(walker, position)) steps.push(shownIn(position).step);
    expect(steps).toEqual(['password', 'enrol-factor', 'enrol-totp', 'keep-recovery-codes']);
    expect(position).toMatchObject({ outcome: { kind: 'granted', factors: [{ kind: 'password' }, { kind: 'totp' }] } });
    const held = (await credentialsOf(fresh().world.store, 'account-1')).map(({ kind }) => kind);
    expect(held.sort()).toEqual(['password', 'recovery-code', 'totp']);
    const attempt = await fresh().world.store.get(attempts, attemptIdOf(handle));
    expect(attempt?.progress).not.toHaveProperty('newRecoveryCodes');
  });

  it('goes back from what is being set up to what else there is', async () => {
    const walker = await stand({ isNew: true });
    const choose = await rightly(walker, await walker.begin(insisting));
    const begun = await walker.answer(choose, { choice: 'totp' });
    expect(shownIn(begun).step).toBe('enrol-totp');
    const back = await walker.answer(begun, { choice: 'other' });
    expect(shownIn(back).step).toBe('enrol-factor');
    expect(shownIn(await walker.answer(back, { choice: 'mail-code' })).step).toBe('enrol-mail');
  });

  it('asks for the password before a factor is set up, where only an open browser speaks for the person', async () => {
    const walker = await stand({ isNew: true });
    const shown = await walker.begin(insisting, await remembered());
    expect(shownIn(shown).step).toBe('password');
    expect(shownIn(await rightly(walker, shown)).step).toBe('enrol-factor');
  });

  it('lets one of two tabs set up the first factor', async () => {
    const walker = await stand({ isNew: true });
    const { login } = fresh();
    const chosen = await walker.answer(await rightly(walker, await walker.begin(insisting)), { choice: 'totp' });
    let other = await login.begin('other', insisting, await walker.visitor());
    const post = async (fields: Record<string, string>) =>
      login.answer('other', shownIn(other), answerOf(fields), await walker.visitor());
    other = await post({ username: 'a0123456', password: goodPassword });
    other = await post({ choice: 'totp' });
    const code = await walker.rightAnswer(other);
    expect(shownIn(await rightly(walker, chosen)).step).toBe('keep-recovery-codes');
    await expect(post(code)).rejects.toMatchObject(stale);
    // What the account now has is asked for instead.
    expect(shownIn(await login.look('other', await walker.visitor())).step).toBe('totp');
  });

  it('gives what one person began to set up to nobody else who signs in in that browser', async () => {
    const walker = await stand({ isNew: true });
    await fresh().addAccount({
      account: {
        id: 'account-2',
        personId: 'person-2',
        loginName: 'a0222222',
        activation: { handed: 'in-person', at: startInstant },
      },
    });
    const choose = await rightly(walker, await walker.begin(insisting));
    const begun = await walker.answer(choose, { choice: 'totp' });
    expect(begun.situation.progress.enrolling).toMatchObject({ sealedSecret: expect.any(String) });
    // The password of the first is changed; the second signs in at the step that is due again.
    await fresh().world.store.commit([remove(credentials, 'account-1:password')]);
    const { login } = fresh();
    const again = await login.look(handle, await walker.visitor());
    expect(shownIn(again).step).toBe('password');
    const other = await walker.answer(again, { username: 'a0222222', password: goodPassword });
    expect(shownIn(other)).toMatchObject({ step: 'enrol-factor', subject: 'account-2' });
    expect(other.situation.progress).not.toHaveProperty('enrolling');
  });

  it('lets a wish be put aside by somebody who has nothing at hand', async () => {
    const walker = await stand({ held: ['totp'] });
    const wish = sampleRequest({ demand: { acceptable: ['mfa'], essential: false } });
    const shown = await walker.begin(wish, await remembered());
    const choose = await walker.answer(shown, { choice: 'another' });
    expect(shownIn(choose).step).toBe('choose-factor');
    expect(await walker.answer(choose, { choice: 'skip' })).toMatchObject({
      outcome: { kind: 'granted', factors: [{ kind: 'password' }] },
    });
  });

  it('uses another way', async () => {
    const walker = await stand({ held: ['totp', 'mail-code', 'recovery-code'] });
    const shown = await walker.begin(insisting, await remembered());
    const choose = await walker.answer(shown, { choice: 'another' });
    const chosen = await walker.answer(choose, { choice: 'mail-code' });
    expect(shownIn(chosen).step).toBe('mail-code');
    expect(await rightly(walker, chosen)).toMatchObject({
      outcome: { kind: 'granted', factors: [{ kind: 'password' }, { kind: 'mail-code' }] },
    });
  });
});
