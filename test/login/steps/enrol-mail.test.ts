import { beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../../src/base/duration.ts';
import { credentials, credentialsOf } from '../../../src/core/credentials/credential.ts';
import { mailSendingRule } from '../../../src/core/credentials/mail-sending.ts';
import { type Login, loginMachine, type Position, type Visitor } from '../../../src/login/login.ts';
import { enrolMail } from '../../../src/login/steps/enrol-mail.ts';
import { sampleCredential } from '../../core/sample-credentials.ts';
import { startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin, rightAnswer } from '../fresh-login.ts';
import { lastCode, otherThan, owedCodes } from '../mailed-codes.ts';
import { problemOf, shownAt, stepOf } from '../positions.ts';
import { sampleRequest } from '../sample-situation.ts';

const handle = 'a handle';
const address = 'hanako@example.com';

describe('registering a notification address in a login', () => {
  const fresh = freshLogin();
  let visitor: Visitor & { readonly browserToken: string };

  beforeEach(async () => {
    await fresh().addConnection({ requiredLevel: 'mfa' });
    await fresh().addAccount({ account: { activation: { handed: 'in-person', at: startInstant - days(1) } } });
    visitor = await fresh().visitor();
  });

  const answer = (at: Position, typed: Record<string, string>, of = handle) =>
    fresh().login.answer(of, shownAt(at), answerOf(typed), visitor);
  async function begin(of = handle, login: Login = fresh().login): Promise<Position> {
    const first = await login.begin(of, sampleRequest(), visitor);
    return login.answer(of, shownAt(first), rightAnswer, visitor);
  }
  /** The address is asked for. */
  const arrive = async (of = handle) => answer(await begin(of), { choice: 'mail-code' }, of);
  /** The code is asked for. */
  const arriveAtCode = async (of = handle) => answer(await arrive(of), { address }, of);
  const show = (position: Position, typed?: Record<string, string>) =>
    enrolMail.show(fresh().means, position.situation, {
      locale: 'ja',
      ...(position.kind === 'step' && position.problem ? { problem: position.problem } : {}),
      ...(typed ? { typed: answerOf(typed) } : {}),
    });
  const heldKinds = async () =>
    (await credentialsOf(fresh().world.store, 'account-1')).map(({ kind }) => kind).toSorted();

  it('asks for the address, mails a code there that names nobody, and stores it with the code', async () => {
    const page = await arrive();
    expect(stepOf(page)).toBe('enrol-mail');
    expect(await show(page)).toMatchObject({ address: '', hasOtherKinds: true, because: 'connection' });
    const sent = await answer(page, { address: ' Ｈanako@Example.com ' });
    expect(await show(sent)).toMatchObject({ code: { target: 'Hanako@example.com', mail: 'waiting', triesLeft: 5 } });
    const [mail] = await owedCodes(fresh());
    expect(mail).toMatchObject({ to: 'Hanako@example.com', mail: { type: 'confirm_address' } });
    expect(JSON.stringify(mail)).not.toMatch(/花子|Kyoto|a0123456/);
    expect(await heldKinds()).toEqual(['password']);

    const kept = await answer(sent, { code: await lastCode(fresh()) });
    expect(stepOf(kept)).toBe('keep-recovery-codes');
    expect(await heldKinds()).toEqual(['mail-code', 'password', 'recovery-code']);
    const held = await credentialsOf(fresh().world.store, 'account-1');
    expect(held).toContainEqual(
      expect.objectContaining({
        kind: 'mail-code',
        name: 'H***@example.com',
        address: 'Hanako@example.com',
        lastUsedAt: startInstant,
      }),
    );
    const end = await answer(kept, { choice: 'kept' });
    expect(end).toMatchObject({ kind: 'finished', outcome: { kind: 'granted' } });
    expect(end.situation.subject?.factors.map(({ kind }) => kind)).toEqual(['password', 'mail-code']);
    expect((await fresh().audited()).filter(({ type }) => type === 'factor.added')).toHaveLength(1);
  });

  it.each([
    ['own_domain', 'hanako@st.kyoto-u.ac.jp'],
    ['own_domain', 'hanako@Mail.Kyoto-U.ac.jp'],
    ['not_an_address', 'hanako@example'],
    ['incomplete', ' '],
  ])('refuses as %s: %j, and mails nothing', async (problem, typed) => {
    const page = await answer(await arrive(), { address: typed });
    expect(problemOf(page)).toBe(problem);
    expect(await show(page, { address: typed })).toMatchObject({ address: typed, error: problem });
    expect(await owedCodes(fresh())).toEqual([]);
  });

  it('takes an address that is somebody else’s factor, and says nothing of it', async () => {
    const others = { id: 'mail-code-2', accountId: 'account-2', address };
    await fresh().put(credentials, sampleCredential('mail-code', others));
    const kept = await answer(await arriveAtCode(), { code: await lastCode(fresh()) });
    expect(stepOf(kept)).toBe('keep-recovery-codes');
  });

  it('adds a second address to a person who has just given a code, and not the same once more', async () => {
    await fresh().put(credentials, sampleCredential('mail-code', { address }));
    const { connectionId: _portal, ...portal } = sampleRequest({
      protocol: 'portal',
      addsFactor: true,
      maxAgeSeconds: 600,
      demand: { acceptable: ['mfa'], essential: true },
    });
    const first = await fresh().login.begin(handle, portal, visitor);
    const asked = await fresh().login.answer(handle, shownAt(first), rightAnswer, visitor);
    const choosing = await answer(asked, { code: await lastCode(fresh()) });
    const page = await answer(choosing, { choice: 'mail-code' });
    expect(problemOf(await answer(page, { address }))).toBe('used');
    fresh().clock.advance(1);
    const sent = await answer(page, { address: 'hanako@example.org' });
    expect(await owedCodes(fresh())).toContainEqual(
      expect.objectContaining({ mail: expect.objectContaining({ service: fresh().config.university.systemName }) }),
    );
    await answer(sent, { code: await lastCode(fresh()) });
    expect(await heldKinds()).toEqual(['mail-code', 'mail-code', 'password']);
  });

  it('counts the mails to strangers over all browsers, of which every login with a factor makes another', async () => {
    await fresh().put(credentials, sampleCredential('mail-code', { address }));
    const { connectionId: _portal, ...portal } = sampleRequest({
      protocol: 'portal',
      addsFactor: true,
      maxAgeSeconds: 600,
      demand: { acceptable: ['mfa'], essential: true },
    });
    const write = async (of: string, to: string): Promise<Position> => {
      fresh().clock.advance(1);
      visitor = { ...(await fresh().visitor()), factorBrowser: () => `the mark of ${of}` };
      const first = await fresh().login.begin(of, portal, visitor);
      const asked = await fresh().login.answer(of, shownAt(first), rightAnswer, visitor);
      const choosing = await answer(asked, { code: await lastCode(fresh()) }, of);
      const page = await answer(choosing, { choice: 'mail-code' }, of);
      fresh().clock.advance(minutes(1));
      return answer(page, { address: to }, of);
    };
    for (let mail = 0; mail < mailSendingRule.mails; mail += 1) await write(`login ${mail}`, `a${mail}@example.org`);
    expect(problemOf(await write('one more', 'stranger@example.org'))).toBe('throttled');
  });

  it('lets the address be changed at once, with what was typed', async () => {
    const first = await arriveAtCode();
    const code = await lastCode(fresh());
    const typing = await answer(first, { choice: 'change' });
    expect(await show(typing)).toMatchObject({ address });
    expect(await show(typing)).not.toHaveProperty('code');
    const other = await answer(typing, { address: 'hanako@example.org' });
    expect(await show(other)).toMatchObject({ code: { target: 'hanako@example.org', isAnew: true } });
    // What went to the first address, where it may be a stranger's, is worth nothing.
    expect(problemOf(await answer(other, { code }))).toBe('wrong');
    expect((await owedCodes(fresh())).map(({ to }) => to)).toEqual(['hanako@example.org']);
  });

  it('mails no second code to the same address within a minute', async () => {
    const typing = await answer(await arriveAtCode(), { choice: 'change' });
    const until = startInstant + minutes(1);
    expect(await answer(typing, { address })).toMatchObject({ problem: { kind: 'throttled', until } });
    fresh().clock.advance(minutes(1));
    expect(await show(await answer(typing, { address }))).toMatchObject({ code: { target: address } });
  });

  it('mails five codes in a login, whatever the addresses, and says so', async () => {
    let page = await arrive();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      page = await answer(page, { address: `${name}@example.com` });
      page = await answer(page, { choice: 'change' });
    }
    page = await answer(page, { address: 'f@example.com' });
    expect(await show(page)).toMatchObject({ address: 'f@example.com', isExhausted: true });
    expect(await show(page)).not.toHaveProperty('code');
    expect((await owedCodes(fresh())).map(({ to }) => to)).toEqual(['e@example.com']);
    // Nor after a look at what else could be set up.
    page = await answer(await answer(page, { choice: 'other' }), { choice: 'mail-code' });
    expect(await show(page)).toMatchObject({ address: '', isExhausted: true });
  });

  it('counts wrong codes as those of a login are counted', async () => {
    let page = await arriveAtCode();
    const code = await lastCode(fresh());
    for (let i = 0; i < 4; i += 1) page = await answer(page, { code: otherThan(code) });
    expect(problemOf(page)).toBe('wrong');
    page = await answer(page, { code: otherThan(code) });
    expect(problemOf(page)).toBe('lapsed');
    expect(await heldKinds()).toEqual(['password']);
  });

  it('stores one of twenty confirmations at once, and of two logins the first', async () => {
    const page = await arriveAtCode();
    const code = await lastCode(fresh());
    fresh().clock.advance(1);
    const other = await arriveAtCode('another handle');
    const otherCode = await lastCode(fresh());
    await Promise.allSettled([
      ...Array.from({ length: 20 }, () => answer(page, { code })),
      answer(other, { code: otherCode }, 'another handle'),
    ]);
    expect((await heldKinds()).filter((kind) => kind === 'mail-code')).toHaveLength(1);
  });

  it('goes back to what else could be set up', async () => {
    const page = await answer(await arriveAtCode(), { choice: 'other' });
    expect(stepOf(page)).toBe('enrol-factor');
    expect(page.situation.progress).not.toHaveProperty('enrolling');
  });

  it('is not offered where no mail leaves the house', async () => {
    const { mail: _mail, ...config } = fresh().config;
    const login = loginMachine({ ...fresh().means, config });
    const page = await begin(handle, login);
    expect(stepOf(page)).toBe('enrol-factor');
    const end = await login.answer(handle, shownAt(page), answerOf({ choice: 'mail-code' }), visitor);
    expect(problemOf(end)).toBe('incomplete');
  });
});
