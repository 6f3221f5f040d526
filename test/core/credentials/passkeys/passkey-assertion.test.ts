import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../../../src/core/credentials/credential.ts';
import { assertionOptions, provePasskey } from '../../../../src/core/credentials/passkeys/passkey-assertion.ts';
import { passkeyChallenge } from '../../../../src/core/credentials/passkeys/passkey-challenge.ts';
import { remove } from '../../../../src/store/port.ts';
import { type Ceremony, makePasskey } from '../../../support/software-authenticator.ts';
import { freshWorld, sampleMasterKey } from '../../fresh-world.ts';
import { type HeldPasskey, here, holdPasskey, honest, rule } from './passkey-stage.ts';

type Signed = Ceremony & { readonly handle?: string | null };

describe('what the browser is asked for', () => {
  const fresh = freshWorld();

  it('is any passkey of our host where nobody is known yet', async () => {
    await holdPasskey(fresh());
    expect(await assertionOptions(fresh().world, rule, here)).toMatchObject({
      rpId: 'login.example.ac.jp',
      challenge: honest.challenge,
      userVerification: 'required',
      allowCredentials: [],
    });
  });

  it('is one of the account’s where it is known', async () => {
    const { record } = await holdPasskey(fresh());
    await holdPasskey(fresh(), 'account-2');
    const { allowCredentials } = await assertionOptions(fresh().world, rule, here, 'account-1');
    expect(allowCredentials).toEqual([
      { id: record.webauthnId, transports: ['internal', 'hybrid'], type: 'public-key' },
    ]);
  });
});

describe('proving who one is by a passkey', () => {
  const fresh = freshWorld();

  const prove = ({ device }: HeldPasskey, ceremony: Partial<Signed> = {}, accountId?: string) =>
    provePasskey(fresh().world, rule, {
      challenge: here,
      answer: JSON.stringify(device.assertion({ ...honest, ...ceremony })),
      ...(accountId === undefined ? {} : { accountId }),
    });

  it('tells whose it is, and what is known of it', async () => {
    const held = await holdPasskey(fresh());
    expect(await prove(held)).toMatchObject({
      kind: 'proven',
      accountId: 'account-1',
      use: {
        kind: 'passkey',
        at: fresh().clock.now(),
        credentialId: held.record.id,
        userVerified: true,
        isSynced: true,
        aaguid: '00000000-0000-0000-0000-000000000000',
      },
    });
  });

  it('does not pass on which product it is where that is its own word', async () => {
    const held = await holdPasskey(fresh(), 'account-1', { aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' });
    expect(held.record.name).toBe('iCloud Keychain');
    expect(await prove(held)).toMatchObject({ use: { aaguid: '00000000-0000-0000-0000-000000000000' } });
  });

  it('keeps count, the state of its copies, and when it was used', async () => {
    const held = await holdPasskey(fresh(), 'account-1', { count: 1, isBackedUp: false });
    fresh().clock.advance(1000);
    const proof = await prove(held, { count: 2 });
    if (proof.kind !== 'proven') throw new TypeError('the passkey is good');
    await fresh().world.store.commit([proof.write]);
    expect(await fresh().world.store.get(credentials, held.record.id)).toMatchObject({
      signatureCount: 2,
      isBackedUp: true,
      lastUsedAt: fresh().clock.now(),
    });
  });

  it('is told once where the same answer comes twice at a time', async () => {
    const held = await holdPasskey(fresh(), 'account-1', { count: 1 });
    const [first, second] = await Promise.all([prove(held, { count: 2 }), prove(held, { count: 2 })]);
    if (first.kind !== 'proven' || second.kind !== 'proven') throw new TypeError('the passkey is good');
    await fresh().world.store.commit([first.write]);
    await expect(fresh().world.store.commit([second.write])).rejects.toMatchObject({ code: 'store.conflict' });
  });

  it.each<[string, Partial<Signed>]>([
    ['was signed on the page of another site', { origin: 'https://evil.example' }],
    ['was signed for another site', { site: 'evil.example' }],
    ['did not check its owner', { isVerified: false }],
    ['was signed while nobody was there', { isPresent: false }],
    ['answers another challenge', { challenge: Buffer.from('another').toString('base64url') }],
    [
      'answers another page',
      { challenge: passkeyChallenge(sampleMasterKey, 'login', 'attempt-1', '2').bytes.toString('base64url') },
    ],
    [
      'answers a page of another login',
      { challenge: passkeyChallenge(sampleMasterKey, 'login', 'attempt-2', '3').bytes.toString('base64url') },
    ],
    ['may not leave its device all of a sudden', { isEligible: false }],
    ['kept that it is somebody else’s', { handle: Buffer.from('account-2').toString('base64url') }],
    ['did not keep whose it is', { handle: null }],
  ])('refuses one that %s', async (_why, ceremony) => {
    const held = await holdPasskey(fresh());
    expect(await prove(held, ceremony)).toEqual({ kind: 'failed', accountId: 'account-1' });
    expect(await prove(held)).toMatchObject({ kind: 'proven' });
  });

  it('needs not be told whose it is where that is known', async () => {
    expect(await prove(await holdPasskey(fresh()), { handle: null }, 'account-1')).toMatchObject({ kind: 'proven' });
  });

  it('refuses the passkey of somebody else as second factor', async () => {
    const foreign = await holdPasskey(fresh(), 'account-2');
    expect(await prove(foreign, {}, 'account-1')).toEqual({ kind: 'failed' });
  });

  it('refuses a signature of another key under the name of a passkey', async () => {
    const { record } = await holdPasskey(fresh());
    const forged = { ...makePasskey('account-1').assertion(honest), id: record.webauthnId, rawId: record.webauthnId };
    const asked = { challenge: here, answer: JSON.stringify(forged) };
    expect(await provePasskey(fresh().world, rule, asked)).toEqual({ kind: 'failed', accountId: 'account-1' });
  });

  it('knows nothing of one that was removed', async () => {
    const held = await holdPasskey(fresh());
    await fresh().world.store.commit([remove(credentials, held.record.id)]);
    expect(await prove(held)).toEqual({ kind: 'unknown' });
  });

  it('refuses what is no answer at all', async () => {
    const asked = { challenge: here, answer: '{"id":"","response":{}}' };
    expect(await provePasskey(fresh().world, rule, asked)).toEqual({ kind: 'failed' });
  });

  describe('whose count of signatures', () => {
    const reversed = (held: HeldPasskey) => ({
      kind: 'reversed',
      accountId: 'account-1',
      credentialId: held.record.id,
    });

    it.each([
      ['runs backwards', 9, 8],
      ['stands still', 9, 9],
      ['starts anew', 9, 0],
    ])('%s is not believed', async (_how, known, said) => {
      const held = await holdPasskey(fresh(), 'account-1', { count: known });
      expect(await prove(held, { count: said })).toEqual(reversed(held));
      expect(await prove(held, { count: known + 1 })).toMatchObject({ kind: 'proven' });
    });

    it('is none is believed always', async () => {
      expect(await prove(await holdPasskey(fresh()))).toMatchObject({ kind: 'proven' });
    });

    it('is forged raises no alarm: the signature comes first', async () => {
      const held = await holdPasskey(fresh(), 'account-1', { count: 9 });
      const { id } = held.device;
      const forged = { ...makePasskey('account-1').assertion({ ...honest, count: 1 }), id, rawId: id };
      const asked = { challenge: here, answer: JSON.stringify(forged) };
      expect(await provePasskey(fresh().world, rule, asked)).toEqual({ kind: 'failed', accountId: 'account-1' });
    });
  });
});
