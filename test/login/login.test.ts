import { describe, expect, it } from '@jest/globals';
import { connections } from '../../src/core/connections/connection.ts';
import { consentOf } from '../../src/core/consents/consent.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { accounts } from '../../src/core/people/account.ts';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { loginMachine } from '../../src/login/login.ts';
import { replace, type Write } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { goodPassword } from '../support/sekisho.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { sampleOrigin, sampleRequest } from './sample-situation.ts';
import { actsIn, shownIn } from './shown-in.ts';

const stale = { code: 'attempt.stale' };
const allow = answerOf({ choice: 'allow' });

describe('the login machine', () => {
  const fresh = freshLogin();
  const { begin, answer, signIn } = actsIn(fresh);

  it('signs a person in with the right password, and a second service without any page', async () => {
    const { world, addAccount, addConnection } = fresh();
    await addAccount();
    await addConnection();
    await addConnection({ id: 'mykuline' });
    const token = await signIn('first');
    expect(await sessionByToken(world, token)).toMatchObject({ accountId: 'account-1' });

    const second = await begin({ connectionId: 'mykuline' }, token);
    expect(second).toMatchObject({ kind: 'finished', outcome: { kind: 'granted', accountId: 'account-1' } });
    expect(second).not.toHaveProperty('sessionToken');
  });

  describe('while another browser gives the same at the same moment', () => {
    /** A machine in which `meanwhile` has happened when the first factor is about to be written. */
    function overtakenBy(meanwhile: () => Promise<unknown>) {
      const { means, world } = fresh();
      let isFirst = true;
      const store = Object.assign(Object.create(world.store) as typeof world.store, {
        async commit(writes: readonly Write[]) {
          const isUse = writes.some(({ kind, collection }) => kind === 'replace' && collection === credentials);
          if (isFirst && isUse) {
            isFirst = false;
            await meanwhile();
          }
          return world.store.commit(writes);
        },
      });
      return loginMachine({ ...means, world: { ...world, store } });
    }

    it('lets both in with the password', async () => {
      const { addAccount, addConnection, visitor, world } = fresh();
      await addAccount();
      await addConnection();
      const shown = shownIn(await begin());
      const done = await overtakenBy(() => signIn('other')).answer('handle', shown, rightAnswer, await visitor());
      expect(done).toMatchObject({ kind: 'finished', outcome: { kind: 'granted' } });
      expect(await world.store.count(sessions, { index: 'byAccount' })).toBe(2);
    });

    it('takes a code once, and tells the other that it was used', async () => {
      const { addAccount, addConnection, clock, login, masterKey, put, visitor } = fresh();
      const { id } = await addAccount();
      await addConnection({ requiredLevel: 'mfa' });
      await put(credentials, heldApp(masterKey, id));
      const from = await visitor();
      const arrive = async (handle: string) =>
        shownIn(await login.answer(handle, shownIn(await begin({}, undefined, handle)), rightAnswer, from));
      const [shown, theirs] = [await arrive('handle'), await arrive('other')];
      const code = answerOf({ code: authenticatorApp(sampleSecret).codeAt(clock.now()) });
      const late = overtakenBy(() => login.answer('other', theirs, code, from));
      expect(await late.answer('handle', shown, code, from)).toMatchObject({ kind: 'step', problem: { kind: 'used' } });
      expect(await login.look('other', from)).toMatchObject({ kind: 'finished', outcome: { kind: 'granted' } });
    });
  });

  it('shows the step again after a wrong password, on the same turn', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    const again = await answer(shown, answerOf({ username: 'a0123456', password: 'wrong' }));
    expect(again).toMatchObject({ kind: 'step', problem: { kind: 'wrong' } });
    expect(shownIn(again)).toEqual(shown);
    expect(await answer(shown)).toMatchObject({ kind: 'finished', outcome: { kind: 'granted' } });
  });

  it('asks one step after the other, each on a turn of its own', async () => {
    const { addAccount, addConnection, means } = fresh();
    await addAccount({ account: { acceptedTerms: { version: '2020-01', at: 0 } } });
    await addConnection({ consent: 'once' });
    const first = shownIn(await begin());
    const second = shownIn(await answer(first));
    const third = shownIn(await answer(second, answerOf({ choice: 'accept' })));
    expect([first.step, second.step, third.step]).toEqual(['password', 'accept-terms', 'release']);
    expect(new Set([first.turn, second.turn, third.turn]).size).toBe(3);
    const done = await answer(third, allow);
    expect(done).toMatchObject({ outcome: { kind: 'granted' }, signedIn: { accountId: 'account-1' } });
    expect(await means.world.store.get(accounts, 'account-1')).toMatchObject({ acceptedTerms: { version: '2026-04' } });
    expect(await consentOf(means.world.store, 'account-1', 'kulasis')).toBeDefined();
  });

  describe('with a release to come after the password', () => {
    const beginRelease = async () => {
      await fresh().addAccount();
      await fresh().addConnection({ consent: 'once' });
      const password = shownIn(await begin());
      return { password, release: shownIn(await answer(password)) };
    };

    it('refuses an answer to a step that is not due', async () => {
      const { release } = await beginRelease();
      await expect(answer({ ...release, step: 'password' })).rejects.toMatchObject(stale);
      await expect(answer({ ...release, step: 'accept-terms' }, answerOf({ choice: 'accept' }))).rejects.toMatchObject(
        stale,
      );
    });

    it('refuses the answer to a step that is still to come', async () => {
      await fresh().addAccount();
      await fresh().addConnection({ consent: 'once' });
      const shown = shownIn(await begin());
      await expect(answer({ ...shown, step: 'release' }, allow)).rejects.toMatchObject(stale);
    });

    it('refuses an answer given on another turn', async () => {
      const { password, release } = await beginRelease();
      await expect(answer({ ...release, turn: password.turn }, allow)).rejects.toMatchObject(stale);
      await expect(answer({ ...release, turn: release.turn + 1 }, allow)).rejects.toMatchObject(stale);
      await expect(answer({ ...release, turn: Number.NaN }, allow)).rejects.toMatchObject(stale);
    });

    it('refuses the password a second time', async () => {
      const { password } = await beginRelease();
      await expect(answer(password)).rejects.toMatchObject(stale);
    });

    it('takes one of two answers that come at once', async () => {
      const { release } = await beginRelease();
      const both = await Promise.allSettled([answer(release, allow), answer(release, answerOf({ choice: 'deny' }))]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining(stale) });
      const told = (await fresh().audited()).filter(({ type }) => /^(release|login)\./.test(type));
      expect(told).toHaveLength(2);
    });

    it('refuses whoever finds the address in another browser', async () => {
      const { release } = await beginRelease();
      const { login, visitor } = fresh();
      const foreign = { code: 'attempt.foreign_browser' };
      for (const browserToken of ['another browser', undefined]) {
        const stranger = { ...(await visitor()), browserToken };
        await expect(login.look('handle', stranger)).rejects.toMatchObject(foreign);
        await expect(login.answer('handle', release, allow, stranger)).rejects.toMatchObject(foreign);
        await expect(login.cancel('handle', stranger)).rejects.toMatchObject(foreign);
      }
    });
  });

  it('refuses for one person what was shown to another, whom a second tab has signed out', async () => {
    const { addAccount, addConnection, login, visitor, world } = fresh();
    await addAccount();
    await addAccount({ account: { id: 'account-2', personId: 'person-2', loginName: 'a0222222' } });
    await addConnection();
    await addConnection({ id: 'mykuline', consent: 'once' });
    const hanako = await signIn('first');
    const shown = shownIn(await begin({ connectionId: 'mykuline' }, hanako));
    expect(shown).toMatchObject({ step: 'release', subject: 'account-1' });

    const other = await begin({ force: true }, hanako, 'second');
    const jiro = answerOf({ username: 'a0222222', password: goodPassword });
    const signedIn = await login.answer('second', shownIn(other), jiro, await visitor({}, hanako));
    const token = signedIn.kind === 'finished' ? signedIn.sessionToken : undefined;
    await expect(answer(shown, allow, token)).rejects.toMatchObject(stale);
    expect(await consentOf(world.store, 'account-2', 'mykuline')).toBeUndefined();
    expect(shownIn(await login.look('handle', await visitor({}, token)))).toMatchObject({ subject: 'account-2' });
  });

  it('ends when the person goes back, and takes no password after that', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    expect(await fresh().login.cancel('handle', await fresh().visitor())).toMatchObject({
      outcome: { kind: 'denied', reason: 'cancelled' },
    });
    expect(await answer(shown)).toMatchObject({ outcome: { kind: 'denied', reason: 'cancelled' } });
  });

  it('ends where the service is suspended while the password is typed', async () => {
    await fresh().addAccount();
    const connection = await fresh().addConnection();
    const shown = shownIn(await begin());
    await fresh().world.store.commit([replace(connections, { ...connection, state: 'suspended' })]);
    expect(await answer(shown)).toMatchObject({ outcome: { kind: 'denied', reason: 'connection_suspended' } });
  });

  it('is over when the attempt has expired', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    fresh().clock.advance(fresh().means.attemptLifetime);
    await expect(answer(shown)).rejects.toMatchObject({ code: 'attempt.not_found' });
  });

  it('judges a request by the session alone, and stores nothing of it', async () => {
    const { login, world, visitor, addAccount, addConnection } = fresh();
    await addAccount();
    await addConnection();
    const token = await signIn('first');
    const { session } = await visitor({}, token);
    expect(await login.judge(sampleRequest(), session, sampleOrigin)).toEqual({
      decision: { kind: 'granted' },
      factors: session?.factors,
    });
    const asked = { decision: { step: { name: 'password' } }, factors: [] };
    expect(await login.judge(sampleRequest({ force: true }), session, sampleOrigin)).toMatchObject(asked);
    expect(await login.judge(sampleRequest(), undefined, sampleOrigin)).toMatchObject(asked);
    expect(await world.store.count(sessions, { index: 'byAccount' })).toBe(1);
  });
});
