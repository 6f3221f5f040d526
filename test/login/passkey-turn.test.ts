import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import { challengeOf } from '../../src/login/passkey-turn.ts';
import { password } from '../../src/login/steps/password.ts';
import { remove } from '../../src/store/port.ts';
import { startInstant } from '../core/sample-records.ts';
import type { Ceremony } from '../support/software-authenticator.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { ceremonyAt, handle, type StoredPasskey, send, stepOf, storePasskey } from './passkey-visit.ts';
import { sampleRequest, sampleSituation, sampleSubject } from './sample-situation.ts';

const fresh = freshLogin();

/** A student before the page that asks who they are, at a service that wants the level. */
async function arrive(requiredLevel?: 'mfa' | 'phishing-resistant') {
  await fresh().addAccount();
  await fresh().addConnection(requiredLevel ? { requiredLevel } : {});
  const visitor = await fresh().visitor();
  const at = await fresh().login.begin(handle, sampleRequest(), visitor);
  const sign = async ({ device }: StoredPasskey, said: Partial<Ceremony & { handle: string | null }> = {}) =>
    send(fresh(), visitor, at, {
      passkey: JSON.stringify(device.assertion({ ...ceremonyAt(fresh(), at), ...said })),
    });
  return { at, sign, visitor };
}

describe('signing in with a passkey', () => {
  it('needs no name and no password, and proves what both and more would', async () => {
    const { sign } = await arrive('phishing-resistant');
    expect(await sign(await storePasskey(fresh()))).toMatchObject({
      kind: 'finished',
      outcome: { kind: 'granted', accountId: 'account-1', factors: [{ kind: 'passkey', userVerified: true }] },
    });
    expect(await fresh().audited()).toContainEqual(
      expect.objectContaining({ type: 'login.granted', levels: ['sfa', 'mfa', 'phishing-resistant'] }),
    );
  });

  it('is that of whoever holds the passkey, whatever was typed beside it', async () => {
    const { at, visitor } = await arrive();
    const { device } = await storePasskey(fresh());
    const passkey = JSON.stringify(device.assertion(ceremonyAt(fresh(), at)));
    const done = await send(fresh(), visitor, at, { passkey, username: 'a0999999', password: 'wrong' });
    expect(done).toMatchObject({ outcome: { kind: 'granted', accountId: 'account-1' } });
  });

  it('works while strangers have used up all tries at the password', async () => {
    const { at, sign, visitor } = await arrive();
    for (let i = 0; i < 8; i += 1) {
      await send(fresh(), visitor, at, { username: 'a0123456', password: `guess ${i}` });
    }
    const guessed = await fresh().login.answer(
      handle,
      { step: 'password', turn: at.attempt.version, subject: '' },
      rightAnswer,
      visitor,
    );
    expect(guessed).toMatchObject({ problem: { kind: 'throttled' } });
    expect(await sign(await storePasskey(fresh()))).toMatchObject({ outcome: { kind: 'granted' } });
  });

  it('never runs out of tries', async () => {
    const { sign } = await arrive();
    const held = await storePasskey(fresh());
    for (let i = 0; i < 30; i += 1) {
      expect(await sign(held, { isVerified: false })).toMatchObject({ problem: { kind: 'failed' } });
    }
    expect(await sign(held)).toMatchObject({ outcome: { kind: 'granted' } });
  });

  it('says in clear words that a passkey is not known here any more', async () => {
    const { sign } = await arrive();
    const held = await storePasskey(fresh());
    await fresh().world.store.commit([remove(credentials, held.record.id)]);
    expect(await sign(held)).toMatchObject({ kind: 'step', problem: { kind: 'unknown_passkey' } });
    expect(await fresh().audited()).toEqual([{ type: 'login.failed', connectionId: 'kulasis', factor: 'passkey' }]);
  });

  it('tells the audit whose passkey failed', async () => {
    const { sign } = await arrive();
    await sign(await storePasskey(fresh()), { origin: 'https://evil.example' });
    expect(await fresh().audited()).toEqual([
      { type: 'login.failed', accountId: 'account-1', connectionId: 'kulasis', factor: 'passkey' },
    ]);
  });

  it('refuses, and raises the alarm, when a count of signatures ran backwards', async () => {
    const { sign } = await arrive();
    const held = await storePasskey(fresh(), 'account-1', { count: 7 });
    expect(await sign(held, { count: 6 })).toMatchObject({ kind: 'step', problem: { kind: 'passkey_reversed' } });
    expect(await fresh().audited()).toEqual([
      { type: 'factor.counter_reversed', accountId: 'account-1', credentialId: held.record.id },
      { type: 'login.failed', accountId: 'account-1', connectionId: 'kulasis', factor: 'passkey' },
    ]);
  });

  it('cannot be done a second time with what was signed once', async () => {
    const { at, visitor } = await arrive('mfa');
    const { device } = await storePasskey(fresh());
    const passkey = JSON.stringify(device.assertion(ceremonyAt(fresh(), at)));
    const done = await send(fresh(), visitor, at, { passkey });
    expect(stepOf(done)).toBe('granted');
    const other = 'o'.repeat(43);
    const begun = await fresh().login.begin(other, sampleRequest({ force: true }), visitor);
    const shown = { step: 'password', turn: begun.attempt.version, subject: '' };
    expect(await fresh().login.answer(other, shown, answerOf({ passkey }), visitor)).toMatchObject({
      kind: 'step',
      problem: { kind: 'failed' },
    });
  });

  it('lets one of two answers through that come at once', async () => {
    const { sign } = await arrive();
    const held = await storePasskey(fresh());
    const both = await Promise.allSettled([sign(held), sign(held)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'attempt.stale' } });
  });

  it.each(['issued', 'closed'] as const)('is not done for an account that is %s', async (state) => {
    const { put, login } = fresh();
    await fresh().addAccount({ account: { state } });
    await fresh().addConnection();
    const visitor = await fresh().visitor();
    const at = await login.begin(handle, sampleRequest(), visitor);
    const { device } = await storePasskey(fresh());
    void put;
    const passkey = JSON.stringify(device.assertion(ceremonyAt(fresh(), at)));
    expect(await send(fresh(), visitor, at, { passkey })).toMatchObject({ problem: { kind: 'failed' } });
  });

  it('tells how an account stands that was active once', async () => {
    await fresh().addAccount({ account: { state: 'suspended' } });
    await fresh().addConnection();
    const visitor = await fresh().visitor();
    const at = await fresh().login.begin(handle, sampleRequest(), visitor);
    const { device } = await storePasskey(fresh());
    const passkey = JSON.stringify(device.assertion(ceremonyAt(fresh(), at)));
    expect(await send(fresh(), visitor, at, { passkey })).toMatchObject({
      outcome: { kind: 'denied', reason: 'suspended' },
    });
  });
});

describe('what a page of a login has signed', () => {
  it('is nothing without a page', () => {
    expect(() => challengeOf(fresh().means, sampleSituation())).toThrow();
  });
});

describe('the page that asks for a password', () => {
  const turn = { attemptId: 'attempt-1', number: 1 };
  const show = (situation: Parameters<typeof password.show>[1], showing = {}) =>
    password.show(fresh().means, situation, { locale: 'ja', ...showing });

  it('offers any passkey where nobody is known', async () => {
    const { subject: _nobody, ...stranger } = sampleSituation({ turn });
    expect(await show(stranger)).toMatchObject({ passkey: { options: { allowCredentials: [] } } });
  });

  it('offers somebody who is asked again their own, and nothing where they have none', async () => {
    const situation = sampleSituation({ turn, request: sampleRequest({ force: true }) });
    expect(await show(situation)).not.toHaveProperty('passkey');
    const { record } = await storePasskey(fresh());
    expect(await show(situation)).toMatchObject({
      passkey: { options: { allowCredentials: [{ id: record.webauthnId }] } },
    });
  });

  it('offers none where the password itself is what is missing', async () => {
    await storePasskey(fresh());
    const factors = [
      {
        kind: 'passkey',
        at: startInstant,
        credentialId: 'x',
        userVerified: true,
        isSynced: true,
        aaguid: '',
      } as const,
    ];
    const request = sampleRequest({ demand: { acceptable: ['password'], essential: true } });
    const situation = sampleSituation({ turn, request, subject: sampleSubject({ factors }) });
    expect(await show(situation)).not.toHaveProperty('passkey');
  });

  it('names a passkey that nobody has here, so that the browser forgets it', async () => {
    const { subject: _nobody, ...stranger } = sampleSituation({ turn });
    const problem = { kind: 'unknown_passkey' };
    const typed = answerOf({ passkey: '{"id":"Zm9yZ290dGVu","response":{}}' });
    expect(await show(stranger, { problem, typed })).toMatchObject({ passkey: { unknown: 'Zm9yZ290dGVu' } });
    const markup = answerOf({ passkey: '{"id":"<script>","response":{}}' });
    expect((await show(stranger, { problem, typed: markup })).passkey).not.toHaveProperty('unknown');
  });
});
