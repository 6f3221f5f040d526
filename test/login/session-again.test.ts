import { describe, expect, it } from '@jest/globals';
import { sessionByToken } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { actsIn, shownIn, tokenOf } from './shown-in.ts';

describe('the password that ends a login, sent more than once,', () => {
  const fresh = freshLogin();
  const { begin, answer, signIn } = actsIn(fresh);

  it('gives one session to two right passwords that come at once, and its token to the later one', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    const visitor = await fresh().visitor();
    const first = fresh().login.answer('handle', shown, rightAnswer, visitor);
    fresh().clock.advance(1);
    const second = fresh().login.answer('handle', shown, rightAnswer, visitor);
    await Promise.all([first, second]);
    expect(await fresh().world.store.count(sessions, { index: 'byAccount' })).toBe(1);
    expect(await sessionByToken(fresh().world, tokenOf(await second))).toBeDefined();
  });

  it('does so in a browser that has a session already, whose token has changed by then', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const before = await signIn('before');
    const shown = shownIn(await begin({ force: true }, before));
    const visitor = await fresh().visitor({}, before);
    const first = fresh().login.answer('handle', shown, rightAnswer, visitor);
    fresh().clock.advance(1);
    const second = fresh().login.answer('handle', shown, rightAnswer, visitor);
    await Promise.all([first, second]);
    expect(await sessionByToken(fresh().world, tokenOf(await second))).toBeDefined();
    expect(await sessionByToken(fresh().world, before)).toBeUndefined();
  });

  it('gives nothing to another browser', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    await answer(shown);
    const thief = await fresh().visitor({ browserToken: 'another browser' });
    const tried = fresh().login.answer('handle', shown, rightAnswer, thief);
    await expect(tried).rejects.toMatchObject({ code: 'attempt.foreign_browser' });
  });

  it('leaves a session alone that began in the same browser meanwhile', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    await answer(shown);
    const meanwhile = await signIn('other tab');
    expect(await answer(shown, rightAnswer, meanwhile)).not.toHaveProperty('sessionToken');
    expect(await sessionByToken(fresh().world, meanwhile)).toBeDefined();
  });

  it('says how a finished attempt ended, hands its session out to the same password alone, and to the last', async () => {
    await fresh().addAccount();
    await fresh().addConnection();
    const shown = shownIn(await begin());
    const done = await answer(shown);
    const ended = { kind: 'finished', outcome: done.kind === 'finished' ? done.outcome : {} };
    const looked = await fresh().login.look('handle', await fresh().visitor());
    const wrong = await answer(shown, answerOf({ username: 'a0123456', password: 'not the password' }));
    for (const later of [looked, wrong]) {
      expect(later).toMatchObject(ended);
      expect(later).not.toHaveProperty('sessionToken');
    }
    const again = await answer(shown);
    expect(again).toMatchObject(ended);
    expect(await sessionByToken(fresh().world, tokenOf(again))).toBeDefined();
    expect(await sessionByToken(fresh().world, tokenOf(done))).toBeUndefined();
    // Heard earlier and worked off later: the browser does not wait for it any more.
    fresh().clock.advance(-1);
    expect(await answer(shown)).not.toHaveProperty('sessionToken');
    fresh().clock.advance(1);
    expect(await sessionByToken(fresh().world, tokenOf(again))).toBeDefined();
    expect(await fresh().login.cancel('handle', await fresh().visitor())).toMatchObject({
      outcome: { kind: 'granted' },
    });
    expect(await fresh().world.store.count(sessions, { index: 'byAccount' })).toBe(1);
  });
});
