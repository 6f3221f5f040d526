import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { credentialsOf, type PasskeyCredential } from '../../../src/core/credentials/credential.ts';
import { openPasskeyMakers, type PasskeyMakers } from '../../../src/core/credentials/passkeys/passkey-makers.ts';
import { enrolPasskey } from '../../../src/login/steps/enrol-passkey.ts';
import { startInstant } from '../../core/sample-records.ts';
import { openMaker } from '../../support/passkey-makers.ts';
import { makePasskey } from '../../support/software-authenticator.ts';
import { answerOf, freshLogin, rightAnswer } from '../fresh-login.ts';
import { ceremonyAt, handle, send, stepOf } from '../passkey-visit.ts';
import { sampleRequest } from '../sample-situation.ts';

const fresh = freshLogin();

/** A student with a key from the desk, at the page on which a passkey is made. */
async function arrive() {
  await fresh().addAccount({ account: { activation: { at: startInstant, handed: 'in-person' } } });
  await fresh().addConnection({ requiredLevel: 'mfa' });
  const visitor = await fresh().visitor();
  const begun = await fresh().login.begin(handle, sampleRequest(), visitor);
  const shown = { step: 'password', turn: begun.attempt.version, subject: '' };
  const known = await fresh().login.answer(handle, shown, rightAnswer, visitor);
  const at = await send(fresh(), visitor, known, { choice: 'passkey' });
  return { visitor, at };
}

/** Whose root is in a file. */
async function makersIn(pem: string): Promise<PasskeyMakers> {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-makers-'));
  try {
    writeFileSync(join(folder, 'root.pem'), pem);
    return await openPasskeyMakers(fresh().world, { roots: [join(folder, 'root.pem')] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const heldPasskeys = async (): Promise<readonly PasskeyCredential[]> =>
  (await credentialsOf(fresh().world.store, 'account-1')).filter((held) => held.kind === 'passkey');

describe('making a passkey in the middle of a login', () => {
  it('asks for one that is kept for the person under the name of the system', async () => {
    const { at } = await arrive();
    expect(stepOf(at)).toBe('enrol-passkey');
    expect(await enrolPasskey.show(fresh().means, at.situation, { locale: 'ja' })).toMatchObject({
      hasOtherKinds: true,
      options: {
        rp: { id: new URL(fresh().config.server.issuer).hostname, name: '統合認証システム' },
        user: { name: 'a0123456', displayName: '京都 花子' },
      },
    });
  });

  it('stores it, counts it at once, and lets the login go on', async () => {
    const { visitor, at } = await arrive();
    const passkey = JSON.stringify(makePasskey('account-1').registration(ceremonyAt(fresh(), at)));
    const next = await send(fresh(), visitor, at, { passkey, unnamed: 'パスキー' });
    expect(stepOf(next)).toBe('keep-recovery-codes');
    expect(await heldPasskeys()).toMatchObject([{ name: 'パスキー', attestation: 'none' }]);
    expect(await send(fresh(), visitor, next, { choice: 'kept' })).toMatchObject({
      outcome: { kind: 'granted', factors: [{ kind: 'password' }, { kind: 'passkey', isSynced: true }] },
    });
    expect(await fresh().audited()).toContainEqual({ type: 'factor.added', accountId: 'account-1', kind: 'passkey' });
  });

  it('stores none of which no maker that is named says what it is', async () => {
    const { visitor, at } = await arrive();
    const config = { ...fresh().config, passkeys: { ...fresh().config.passkeys, attestation: 'required' as const } };
    const maker = await openMaker();
    const voucher = await maker.issue();
    const passkey = JSON.stringify(makePasskey('account-1').registration({ ...ceremonyAt(fresh(), at), voucher }));
    const end = async ({ pem }: { readonly pem: string }) => {
      const means = { ...fresh().means, config, passkeyMakers: await makersIn(pem) };
      return enrolPasskey.take(means, at.situation, answerOf({ passkey, unnamed: 'パスキー' }), visitor);
    };
    expect(await end(await openMaker())).toEqual({ kind: 'problem', problem: { kind: 'not_accepted' } });
    expect(await end(maker)).toMatchObject({ kind: 'progress' });
  });

  it.each([
    ['that was made on another site', { origin: 'https://evil.example' }],
    ['that does not check its owner', { isVerified: false }],
  ])('stores none %s', async (_why, said) => {
    const { visitor, at } = await arrive();
    const passkey = JSON.stringify(makePasskey('account-1').registration({ ...ceremonyAt(fresh(), at), ...said }));
    const after = await send(fresh(), visitor, at, { passkey });
    expect(after).toMatchObject({ kind: 'step', problem: { kind: 'failed' } });
    expect(stepOf(after)).toBe('enrol-passkey');
    expect(await heldPasskeys()).toEqual([]);
  });

  it('stores one of two that are made at once', async () => {
    const { visitor, at } = await arrive();
    const make = () => JSON.stringify(makePasskey('account-1').registration(ceremonyAt(fresh(), at)));
    const both = await Promise.allSettled([
      send(fresh(), visitor, at, { passkey: make() }),
      send(fresh(), visitor, at, { passkey: make() }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await heldPasskeys()).toHaveLength(1);
  });

  it('gives way to something else', async () => {
    const { visitor, at } = await arrive();
    expect(stepOf(await send(fresh(), visitor, at, { choice: 'other' }))).toBe('enrol-factor');
  });

  it('asks again for an empty answer', async () => {
    const { visitor, at } = await arrive();
    expect(await send(fresh(), visitor, at, {})).toMatchObject({ problem: { kind: 'incomplete' } });
  });
});
