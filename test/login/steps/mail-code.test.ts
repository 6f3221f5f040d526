import { beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import type { MailedCode } from '../../../src/core/credentials/mail-code.ts';
import { outboxKey } from '../../../src/core/credentials/mail-code.ts';
import { type Notice, notices } from '../../../src/core/notices/notice.ts';
import { loginMachine, type Position, type Visitor } from '../../../src/login/login.ts';
import type { ShownCode } from '../../../src/login/mailed-code.ts';
import type { StepProblem } from '../../../src/login/step.ts';
import { mailCode } from '../../../src/login/steps/mail-code.ts';
import { findOne, remove, replace } from '../../../src/store/port.ts';
import { sampleCredential } from '../../core/sample-credentials.ts';
import { startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin, rightAnswer } from '../fresh-login.ts';
import { lastCode, otherThan, owedCodes } from '../mailed-codes.ts';
import { problemOf, shownAt, stepOf } from '../positions.ts';
import { sampleRequest } from '../sample-situation.ts';

const handle = 'a handle';
const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0';

describe('the code by mail, asked for in a login', () => {
  const fresh = freshLogin();
  let visitor: Visitor & { readonly browserToken: string };

  beforeEach(async () => {
    await fresh().addConnection({ requiredLevel: 'mfa' });
    await fresh().addAccount();
    await fresh().put(credentials, sampleCredential('mail-code'));
    visitor = await fresh().visitor({ userAgent });
  });

  const answer = (at: Position, typed: Record<string, string>, of = handle) =>
    fresh().login.answer(of, shownAt(at), answerOf(typed), visitor);
  /** With the right password; the code is due. */
  async function arrive(of = handle): Promise<Position> {
    const first = await fresh().login.begin(of, sampleRequest(), visitor);
    return fresh().login.answer(of, shownAt(first), rightAnswer, visitor);
  }
  const show = (position: Position, problem?: StepProblem, typed: Record<string, string> = {}) =>
    mailCode.show(fresh().means, position.situation, {
      locale: 'ja',
      ...(problem ? { problem, typed: answerOf(typed) } : {}),
    }) as Promise<ShownCode & { readonly others: readonly object[] }>;
  const mailed = (position: Position): MailedCode => {
    const { mailedCode } = position.situation.progress;
    if (!mailedCode) throw new Error('no code was mailed');
    return mailedCode;
  };

  it('goes out when its turn comes, in the language of the pages, and says for what and from where', async () => {
    visitor = await fresh().visitor({ userAgent, locale: 'en' });
    expect(stepOf(await arrive())).toBe('mail-code');
    expect(await owedCodes(fresh())).toEqual([
      {
        to: 'hanako@example.com',
        locale: 'en',
        mail: {
          type: 'sign_in_code',
          code: expect.stringMatching(/^[0-9]{8}$/),
          expiresAt: startInstant + minutes(10),
          at: startInstant,
          service: { ja: '教務情報システム', en: 'KULASIS' },
          device: 'Firefox / Windows',
          name: { ja: '京都 花子', en: 'Hanako Kyoto' },
          loginName: 'a0123456',
          accountKind: 'ecs',
        },
      },
    ]);
  });

  it('goes out once, however often the page is looked at, and however many look at once', async () => {
    await arrive();
    await Promise.all(Array.from({ length: 5 }, () => fresh().login.look(handle, visitor)));
    expect(await owedCodes(fresh())).toHaveLength(1);
  });

  it('lets a person in, once', async () => {
    const page = await arrive();
    const code = await lastCode(fresh());
    const end = await answer(page, { code });
    expect(end).toMatchObject({ kind: 'finished', outcome: { kind: 'granted' } });
    expect(end.situation.subject?.factors.map(({ kind }) => kind)).toEqual(['password', 'mail-code']);
    expect(await fresh().world.store.get(credentials, 'mail-code-1')).toMatchObject({ lastUsedAt: startInstant });
    await expect(answer(page, { code })).resolves.toMatchObject({ kind: 'finished' });
    const other = await arrive('another handle');
    expect(problemOf(await answer(other, { code }, 'another handle'))).toBe('wrong');
  });

  it.each(['４８２９　１５０７', ' 4829-1507 '])('takes the digits however they were typed: %j', async (form) => {
    const page = await arrive();
    const code = await lastCode(fresh());
    const typed = form.replace(/４８２９|4829/, code.slice(0, 4)).replace(/１５０７|1507/, code.slice(4));
    expect(stepOf(await answer(page, { code: typed }))).toBe('granted');
  });

  it('lets one in of twenty who give it at once', async () => {
    const page = await arrive();
    const code = await lastCode(fresh());
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => answer(page, { code })));
    // Whoever comes after the end sees how it ended, and gets nothing by it.
    const begun = ends.filter((end) => end.status === 'fulfilled' && 'sessionToken' in end.value);
    expect(begun).toHaveLength(1);
    expect(await fresh().world.store.get(credentials, 'mail-code-1')).toMatchObject({ version: 2 });
    expect((await fresh().audited()).filter(({ type }) => type === 'login.granted')).toHaveLength(1);
  });

  it('counts a wrong one, tells the audit, and is worth nothing after five', async () => {
    let page = await arrive();
    const code = await lastCode(fresh());
    for (const left of [4, 3, 2, 1]) {
      page = await answer(page, { code: otherThan(code) });
      expect(problemOf(page)).toBe('wrong');
      expect(await show(page)).toMatchObject({ triesLeft: left, mail: 'waiting' });
    }
    page = await answer(page, { code: otherThan(code) });
    expect(problemOf(page)).toBe('lapsed');
    expect(await show(page)).toMatchObject({ triesLeft: 0, mail: 'none' });
    fresh().clock.advance(minutes(2));
    expect(problemOf(await answer(page, { code }))).toBe('lapsed');
    const failed = { type: 'login.failed', accountId: 'account-1', connectionId: 'kulasis', factor: 'mail-code' };
    expect((await fresh().audited()).filter(({ type }) => type === 'login.failed')).toEqual(Array(5).fill(failed));
  });

  it('makes whoever guesses wait, in other logins too, and not whoever slips', async () => {
    let page = await arrive();
    for (let i = 0; i < 10; i += 1) expect(problemOf(await answer(page, { code: '1234' }))).toBe('incomplete');
    const code = await lastCode(fresh());
    for (let i = 0; i < 5; i += 1) page = await answer(page, { code: otherThan(code) });
    fresh().clock.advance(1);
    const other = await arrive('another handle');
    const right = await lastCode(fresh());
    const until = startInstant + fresh().config.login.throttle.account.firstDelay;
    expect(await answer(other, { code: right }, 'another handle')).toMatchObject({
      problem: { kind: 'throttled', until },
    });
    fresh().clock.advance(until - startInstant - 1);
    expect(stepOf(await answer(other, { code: right }, 'another handle'))).toBe('granted');
  });

  it('gives the tries back to whoever was right in the end', async () => {
    for (const login of ['one', 'two']) {
      let page = await arrive(login);
      const code = await lastCode(fresh());
      for (let i = 0; i < 4; i += 1) page = await answer(page, { code: otherThan(code) }, login);
      expect(problemOf(page)).toBe('wrong');
      expect(stepOf(await answer(page, { code }, login))).toBe('granted');
      fresh().clock.advance(1);
    }
  });

  it('is too late after ten minutes, and costs no try then', async () => {
    const page = await arrive();
    const code = await lastCode(fresh());
    fresh().clock.advance(minutes(10));
    for (let i = 0; i < 10; i += 1) expect(problemOf(await answer(page, { code }))).toBe('lapsed');
    expect(await show(page)).toMatchObject({ mail: 'none', minutesLeft: 0, resendAfterSeconds: 0 });
    const anew = await answer(page, { choice: 'resend' });
    expect(stepOf(await answer(anew, { code: await lastCode(fresh()) }))).toBe('granted');
  });

  it('is sent again after a minute, and the one before is worth nothing', async () => {
    const page = await arrive();
    const first = await lastCode(fresh());
    const problem = { kind: 'throttled', until: startInstant + minutes(1) } as const;
    expect(await answer(page, { choice: 'resend' })).toMatchObject({ problem });
    expect(await show(page, problem, { choice: 'resend' })).toMatchObject({
      error: 'too_soon',
      retryAfterSeconds: 60,
      resendAfterSeconds: 60,
    });
    fresh().clock.advance(minutes(1));
    const again = await answer(page, { choice: 'resend' });
    expect(await show(again)).toMatchObject({ isAnew: true, minutesLeft: 10 });
    // The first mail had not left yet: it was taken back.
    expect(await owedCodes(fresh())).toHaveLength(1);
    const after = await answer(again, { code: first });
    expect(problemOf(after)).toBe('wrong');
    expect(stepOf(await answer(after, { code: await lastCode(fresh()) }))).toBe('granted');
  });

  it('is sent five times in a login, and the page says that there are no more', async () => {
    let page = await arrive();
    for (let i = 0; i < 4; i += 1) {
      fresh().clock.advance(minutes(1));
      page = await answer(page, { choice: 'resend' });
    }
    fresh().clock.advance(minutes(1));
    expect(await show(page)).not.toHaveProperty('resendAfterSeconds');
    page = await answer(page, { choice: 'resend' });
    expect(mailed(page).sent).toBe(5);
  });

  it('is sent ten times an hour; then the page says when the next may be', async () => {
    for (let i = 0; i < 10; i += 1) await arrive(`handle ${i}`);
    const page = await arrive();
    expect(stepOf(page)).toBe('mail-code');
    expect(await show(page)).toMatchObject({ mail: 'none', wasSent: false, resendAfterSeconds: 3600 });
    fresh().clock.advance(minutes(50));
    expect(await show(await arrive('late'))).toMatchObject({ mail: 'none', resendAfterSeconds: 600 });
    fresh().clock.advance(minutes(10));
    expect(await show(await fresh().login.look('late', visitor))).toMatchObject({ mail: 'waiting', wasSent: true });
  });

  it('goes out in every tab that the browser opens at once', async () => {
    const { connectionId: _portal, ...portal } = sampleRequest({ protocol: 'portal' });
    const first = await fresh().login.begin('portal', portal, visitor);
    const end = await fresh().login.answer('portal', shownAt(first), rightAnswer, visitor);
    visitor = await fresh().visitor({}, end.kind === 'finished' ? end.sessionToken : undefined);
    const tabs = ['one', 'two', 'three'].map((tab) => fresh().login.begin(tab, sampleRequest(), visitor));
    expect((await Promise.all(tabs)).map(stepOf)).toEqual(['mail-code', 'mail-code', 'mail-code']);
    expect(await owedCodes(fresh())).toHaveLength(3);
  });

  it('tells how it stands with the mail', async () => {
    const page = await arrive();
    const set = async (fields: Partial<Notice>) => {
      const notice = await findOne(fresh().world.store, notices, 'byDedupeKey', outboxKey(mailed(page).id));
      if (notice) await fresh().world.store.commit([replace(notices, { ...notice, ...fields })]);
      return (await show(page)).mail;
    };
    expect(await set({})).toBe('waiting');
    expect(await set({ lastError: 'ECONNREFUSED' })).toBe('late');
    expect(await set({ state: 'dead' })).toBe('failed');
    expect(await set({ state: 'sent' })).toBe('sent');
  });

  it('shows the address to its owner only as far as they know it', async () => {
    expect(JSON.stringify(await show(await arrive()))).not.toContain('hanako@');
    expect(await show(await arrive('another'))).toMatchObject({ target: 'h***@example.com' });
  });

  describe('where there are several addresses', () => {
    beforeEach(async () => {
      const used = { id: 'mail-code-2', address: 'kyoto@example.org', lastUsedAt: startInstant - 1 };
      await fresh().put(credentials, sampleCredential('mail-code', used));
    });

    it('goes to the one used last, or to the other where the person asks for that', async () => {
      const page = await arrive();
      expect(await show(page)).toMatchObject({
        target: 'k***@example.org',
        others: [{ id: 'mail-code-1', target: 'h***@example.com' }],
      });
      fresh().clock.advance(minutes(1));
      const other = await answer(page, { choice: 'resend:mail-code-1' });
      expect((await owedCodes(fresh())).map(({ to }) => to)).toEqual(['hanako@example.com']);
      const end = await answer(other, { code: await lastCode(fresh()) });
      expect(end.situation.subject?.factors).toContainEqual(expect.objectContaining({ credentialId: 'mail-code-1' }));
    });

    it('goes to no address of somebody else', async () => {
      const foreign = { id: 'mail-code-3', accountId: 'account-2', address: 'jiro@example.net' };
      await fresh().put(credentials, sampleCredential('mail-code', foreign));
      const page = await arrive();
      fresh().clock.advance(minutes(1));
      await answer(page, { choice: 'resend:mail-code-3' });
      expect((await owedCodes(fresh())).map(({ to }) => to)).toEqual(['kyoto@example.org']);
    });

    it('is worth nothing when its address was removed in the meantime', async () => {
      const page = await arrive();
      const code = await lastCode(fresh());
      await fresh().world.store.commit([remove(credentials, 'mail-code-2')]);
      fresh().clock.advance(minutes(1));
      const end = await answer(page, { code }).catch((error: { code: string }) => error.code);
      expect(end).toBe('attempt.stale');
      const now = await fresh().login.look(handle, visitor);
      expect(await show(now)).toMatchObject({ target: 'h***@example.com' });
      expect(problemOf(await answer(now, { code }))).toBe('wrong');
    });
  });

  it('leaves the choice of another way, and is not mailed again on the way back', async () => {
    await fresh().put(credentials, sampleCredential('totp'));
    const page = await arrive();
    const first = stepOf(page) === 'mail-code' ? page : await answer(page, { choice: 'another' });
    const chosen = stepOf(first) === 'choose-factor' ? await answer(first, { choice: 'mail-code' }) : first;
    const away = await answer(chosen, { choice: 'another' });
    expect(stepOf(away)).toBe('choose-factor');
    const back = await answer(away, { choice: 'mail-code' });
    expect(stepOf(back)).toBe('mail-code');
    expect(await owedCodes(fresh())).toHaveLength(1);
    expect(stepOf(await answer(back, { code: await lastCode(fresh()) }))).toBe('granted');
  });

  it('is neither due nor offered where no mail leaves the house', async () => {
    const { mail: _mail, ...config } = fresh().config;
    const login = loginMachine({ ...fresh().means, config });
    const first = await login.begin(handle, sampleRequest(), visitor);
    const end = await login.answer(handle, shownAt(first), rightAnswer, visitor);
    expect(end).toMatchObject({ kind: 'finished', outcome: { kind: 'denied', reason: 'enrolment_closed' } });
    expect(await owedCodes(fresh())).toEqual([]);
  });
});
