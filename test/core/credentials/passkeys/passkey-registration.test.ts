import { describe, expect, it } from '@jest/globals';
import { passkeyChallenge } from '../../../../src/core/credentials/passkeys/passkey-challenge.ts';
import { attestedProduct } from '../../../../src/core/credentials/passkeys/passkey-held.ts';
import type { AttestedProduct } from '../../../../src/core/credentials/passkeys/passkey-makers.ts';
import {
  registerPasskey,
  registrationOptions,
} from '../../../../src/core/credentials/passkeys/passkey-registration.ts';
import type { PasskeyRule } from '../../../../src/core/credentials/passkeys/passkey-rule.ts';
import { openMaker } from '../../../support/passkey-makers.ts';
import { type Ceremony, type Making, makePasskey } from '../../../support/software-authenticator.ts';
import { freshWorld, sampleMasterKey } from '../../fresh-world.ts';
import { here, holdPasskey, honest, rule } from './passkey-stage.ts';

const owner = { accountId: 'account-1', loginName: 'a0123456', name: '京都 花子', siteName: '統合認証システム' };
const iCloud = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';

describe('what the browser is asked for', () => {
  const fresh = freshWorld();

  it('is a passkey that is found without a name and checks its owner, for our host', async () => {
    const options = await registrationOptions(fresh().world, rule, owner, here);
    expect(options).toMatchObject({
      rp: { id: 'login.example.ac.jp', name: '統合認証システム' },
      user: { name: 'a0123456', displayName: '京都 花子' },
      challenge: honest.challenge,
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
  });

  it('keeps whose it is under the account’s id, and never under the login name', async () => {
    const { user } = await registrationOptions(fresh().world, rule, owner, here);
    expect(Buffer.from(user.id, 'base64url').toString()).toBe('account-1');
  });

  it('leaves out authenticators that hold a passkey of the account, and those of nobody else', async () => {
    const { record } = await holdPasskey(fresh());
    await holdPasskey(fresh(), 'account-2');
    const { excludeCredentials } = await registrationOptions(fresh().world, rule, owner, here);
    expect(excludeCredentials).toEqual([
      { id: record.webauthnId, transports: ['internal', 'hybrid'], type: 'public-key' },
    ]);
  });

  it('is a statement of the product where one is required', async () => {
    const options = await registrationOptions(fresh().world, { ...rule, attestation: 'required' }, owner, here);
    expect(options.attestation).toBe('direct');
  });
});

/** Of a product, with a certificate. */
const maker = async () => (await openMaker()).issue();

describe('registering a passkey', () => {
  const fresh = freshWorld();
  const device = makePasskey('account-1');

  const register = (ceremony: Partial<Making> = {}, wishes: Partial<PasskeyRule> = {}) =>
    registerPasskey(
      fresh().world,
      { ...rule, ...wishes },
      {
        accountId: 'account-1',
        challenge: here,
        unnamed: 'パスキー',
        answer: JSON.stringify(device.registration({ ...honest, ...ceremony })),
      },
    );

  it('records all that is known of it', async () => {
    const made = await register({ aaguid: iCloud, count: 4 });
    expect(made).toEqual({
      kind: 'registered',
      factor: {
        id: expect.stringMatching(/^[\w-]{22}$/),
        accountId: 'account-1',
        kind: 'passkey',
        name: 'iCloud Keychain',
        addedAt: fresh().clock.now(),
        lastUsedAt: fresh().clock.now(),
        webauthnId: device.id,
        publicKey: expect.stringMatching(/^[\w-]+$/),
        signatureCount: 4,
        transports: ['internal', 'hybrid'],
        aaguid: iCloud,
        isBackupEligible: true,
        isBackedUp: true,
        attestation: 'none',
      },
    });
  });

  it('tells a key that never leaves its device from one that does', async () => {
    expect(await register({ isEligible: false })).toMatchObject({
      factor: { isBackupEligible: false, isBackedUp: false },
    });
    expect(await register({ isBackedUp: false })).toMatchObject({
      factor: { isBackupEligible: true, isBackedUp: false },
    });
  });

  it('calls one of an unknown product as the page calls it', async () => {
    expect(await register()).toMatchObject({ factor: { name: 'パスキー' } });
  });

  it.each<[string, Partial<Ceremony>]>([
    ['was made on the page of another site', { origin: 'https://login.example.ac.jp.evil.example' }],
    ['was made on a page without TLS', { origin: 'http://login.example.ac.jp' }],
    ['was made on a page of another port', { origin: 'https://login.example.ac.jp:8443' }],
    ['belongs to another site', { site: 'example.ac.jp' }],
    ['did not check its owner', { isVerified: false }],
    ['was made while nobody was there', { isPresent: false }],
    ['answers another challenge', { challenge: Buffer.from('another').toString('base64url') }],
    [
      'answers the page before',
      { challenge: passkeyChallenge(sampleMasterKey, 'login', 'attempt-1', '2').bytes.toString('base64url') },
    ],
    ['says that it is backed up although it cannot be', { isEligible: false, isBackedUp: true }],
  ])('refuses one that %s', async (_why, ceremony) => {
    expect(await register(ceremony)).toEqual({ kind: 'failed' });
    expect(await register()).toMatchObject({ kind: 'registered' });
  });

  it('takes one that was made on another origin that is configured', async () => {
    const app = 'android:apk-key-hash:cMnwbFlIFCq5pRD0T3N2zlFJxBmCN3BZn2M0wqPM4Ow';
    expect(await register({ origin: app })).toEqual({ kind: 'failed' });
    expect(await register({ origin: app }, { origins: [...rule.origins, app] })).toMatchObject({ kind: 'registered' });
  });

  it.each<[string, Partial<PasskeyRule>]>([
    ['does not say what it is, where that is required', { attestation: 'required' }],
    ['is not among those allowed', { allowed: ['2fc0579f-8113-47ea-b116-bb5a8db9202a'] }],
    ['is among those refused', { refused: [iCloud] }],
  ])('does not accept a product that %s', async (_why, wishes) => {
    expect(await register({ aaguid: iCloud }, wishes)).toEqual({ kind: 'not_accepted' });
  });

  it('accepts a product that is allowed', async () => {
    expect(await register({ aaguid: iCloud }, { allowed: [iCloud] })).toMatchObject({ kind: 'registered' });
  });

  it('records who vouches for the product, and believes nobody who vouches for themselves', async () => {
    const required = { attestation: 'required' } as const;
    const itself = await register({ aaguid: iCloud, voucher: 'itself' });
    expect(itself).toMatchObject({ factor: { attestation: 'self' } });
    expect(await register({ aaguid: iCloud, voucher: 'itself' }, required)).toEqual({ kind: 'not_accepted' });
    const voucher = await maker();
    const certified = await register({ aaguid: iCloud, voucher }, required);
    expect(certified).toMatchObject({ factor: { attestation: 'packed' } });
    if (itself.kind !== 'registered' || certified.kind !== 'registered') throw new TypeError('both are sound');
    const unnamed = '00000000-0000-0000-0000-000000000000';
    expect(attestedProduct(itself.factor)).toBe(unnamed);
    // Whoever has made this certificate is believed by nobody; nor is it later, when makers are named.
    expect(attestedProduct(certified.factor)).toBe(unnamed);
    const uninvited = await register({ aaguid: iCloud, voucher: await maker() });
    if (uninvited.kind !== 'registered') throw new TypeError('it is sound');
    expect(attestedProduct(uninvited.factor)).toBe(unnamed);
  });

  it('believes what a maker says who is believed', async () => {
    const makers = { vouchFor: ({ aaguid }: AttestedProduct) => aaguid === iCloud };
    const vouched = await register({ aaguid: iCloud, voucher: await maker() }, { attestation: 'required', makers });
    if (vouched.kind !== 'registered') throw new TypeError('it is vouched for');
    expect(attestedProduct(vouched.factor)).toBe(iCloud);
  });

  it('refuses a statement that somebody else has signed', async () => {
    const { certificate } = await maker();
    const { key } = await maker();
    expect(await register({ aaguid: iCloud, voucher: { certificate, key } })).toEqual({ kind: 'failed' });
  });

  it('refuses a passkey that somebody has already', async () => {
    const { device: held } = await holdPasskey(fresh(), 'account-2');
    const answer = JSON.stringify(held.registration(honest));
    const asked = { accountId: 'account-1', challenge: here, unnamed: 'パスキー', answer };
    expect(await registerPasskey(fresh().world, rule, asked)).toEqual({ kind: 'failed' });
  });

  it.each([
    ['', 'nothing'],
    ['null', 'null'],
    ['{"id":"x"}', 'a name alone'],
    ['{"id":"../x","response":{}}', 'a name that is none'],
    ['{"id":"x","rawId":"x","type":"public-key","response":{}}', 'an empty response'],
    ['{"id":"x","rawId":"x","type":"public-key","response":{"clientDataJSON":7}}', 'a number for text'],
    ['[', 'half of something'],
  ])('refuses %j: %s', async (answer) => {
    const asked = { accountId: 'account-1', challenge: here, unnamed: 'パスキー', answer };
    expect(await registerPasskey(fresh().world, rule, asked)).toEqual({ kind: 'failed' });
  });

  it('stores of the transports only what can be one', async () => {
    const registration = device.registration(honest);
    const transports = ['usb', '<script>', 7, 'nfc'];
    const answer = JSON.stringify({ ...registration, response: { ...registration.response, transports } });
    const asked = { accountId: 'account-1', challenge: here, unnamed: 'パスキー', answer };
    expect(await registerPasskey(fresh().world, rule, asked)).toMatchObject({ factor: { transports: ['usb', 'nfc'] } });
  });
});
