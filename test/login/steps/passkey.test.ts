import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../../src/core/credentials/credential.ts';
import { passkey } from '../../../src/login/steps/passkey.ts';
import { remove } from '../../../src/store/port.ts';
import { heldApp } from '../../support/authenticator-app.ts';
import { freshLogin, rightAnswer } from '../fresh-login.ts';
import { ceremonyAt, handle, send, stepOf, storePasskey } from '../passkey-visit.ts';
import { sampleRequest } from '../sample-situation.ts';

const fresh = freshLogin();

/** A student who has given their password at a service that requires more, and has a passkey. */
async function arrive({ hasApp = false, count = 0 } = {}) {
  await fresh().addAccount();
  await fresh().addConnection({ requiredLevel: 'mfa' });
  const held = await storePasskey(fresh(), 'account-1', { count });
  if (hasApp) await fresh().put(credentials, heldApp(fresh().masterKey, 'account-1'));
  const visitor = await fresh().visitor();
  const begun = await fresh().login.begin(handle, sampleRequest(), visitor);
  const shown = { step: 'password', turn: begun.attempt.version, subject: '' };
  const at = await fresh().login.answer(handle, shown, rightAnswer, visitor);
  return { held, visitor, at };
}

describe('a passkey as second factor', () => {
  it('is due after the password, asks for those of the account, and is enough', async () => {
    const { held, visitor, at } = await arrive();
    expect(stepOf(at)).toBe('passkey');
    expect(await passkey.show(fresh().means, at.situation, { locale: 'ja' })).toMatchObject({
      because: 'connection',
      hasOtherWays: false,
      options: { allowCredentials: [{ id: held.record.webauthnId }], userVerification: 'required' },
    });
    const signed = JSON.stringify(held.device.assertion(ceremonyAt(fresh(), at)));
    expect(await send(fresh(), visitor, at, { passkey: signed })).toMatchObject({
      outcome: { kind: 'granted', factors: [{ kind: 'password' }, { kind: 'passkey' }] },
    });
  });

  it('does not take the passkey of somebody else', async () => {
    const { visitor, at } = await arrive();
    await fresh().addAccount({
      account: { id: 'account-2', personId: 'person-2', loginName: 'a0999999' },
      person: { id: 'person-2' },
    });
    const { device } = await storePasskey(fresh(), 'account-2');
    const signed = JSON.stringify(device.assertion(ceremonyAt(fresh(), at)));
    const after = await send(fresh(), visitor, at, { passkey: signed });
    expect(after).toMatchObject({ kind: 'step', problem: { kind: 'failed' } });
    expect(stepOf(after)).toBe('passkey');
  });

  it('does not take what was signed for the page before', async () => {
    const { held, visitor, at } = await arrive();
    const { challenge } = ceremonyAt(fresh(), {
      ...at,
      situation: { ...at.situation, turn: { attemptId: at.attempt.id, number: at.attempt.version - 1 } },
    });
    const signed = JSON.stringify(held.device.assertion({ ...ceremonyAt(fresh(), at), challenge }));
    expect(await send(fresh(), visitor, at, { passkey: signed })).toMatchObject({ problem: { kind: 'failed' } });
  });

  it('asks again for an empty answer, and takes none for a try', async () => {
    const { visitor, at } = await arrive();
    expect(await send(fresh(), visitor, at, {})).toMatchObject({ problem: { kind: 'incomplete' } });
    expect(await fresh().audited()).toEqual([]);
  });

  it('gives way to another way, where there is one and where there is none', async () => {
    const { visitor, at } = await arrive({ hasApp: true });
    expect(await passkey.show(fresh().means, at.situation, { locale: 'ja' })).toMatchObject({ hasOtherWays: true });
    const choosing = await send(fresh(), visitor, at, { choice: 'another' });
    expect(stepOf(choosing)).toBe('choose-factor');
    expect(stepOf(await send(fresh(), visitor, choosing, { choice: 'totp' }))).toBe('totp');
  });

  it('proves nothing any more when it is taken away meanwhile', async () => {
    const { held, visitor, at } = await arrive({ hasApp: true });
    await fresh().world.store.commit([remove(credentials, held.record.id)]);
    const signed = JSON.stringify(held.device.assertion(ceremonyAt(fresh(), at)));
    await expect(send(fresh(), visitor, at, { passkey: signed })).rejects.toMatchObject({ code: 'attempt.stale' });
    expect(stepOf(await fresh().login.look(handle, visitor))).toBe('totp');
  });

  it('is refused with an alarm when its count ran backwards', async () => {
    const { held, visitor, at } = await arrive({ count: 5 });
    const signed = JSON.stringify(held.device.assertion({ ...ceremonyAt(fresh(), at), count: 5 }));
    const after = await send(fresh(), visitor, at, { passkey: signed });
    expect(after).toMatchObject({ kind: 'step', problem: { kind: 'passkey_reversed' } });
    expect(
      await passkey.show(fresh().means, after.situation, { locale: 'ja', problem: { kind: 'passkey_reversed' } }),
    ).toMatchObject({ error: 'passkey_reversed' });
    expect(await fresh().audited()).toContainEqual({
      type: 'factor.counter_reversed',
      accountId: 'account-1',
      credentialId: held.record.id,
    });
  });
});
