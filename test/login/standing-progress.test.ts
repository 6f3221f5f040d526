import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import type { FactorUse, SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Progress } from '../../src/login/attempt.ts';
import { progressAbout, standingProgress } from '../../src/login/standing-progress.ts';
import { remove, replace } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { passwordUse, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { freshLogin } from './fresh-login.ts';

const proving = (...factors: readonly FactorUse[]): Progress => ({
  way: 'totp',
  proven: { accountId: 'account-1', factors, edition: 'edition-1' },
});

/** The use that the sample credential of this kind would leave. */
const useOfSample = (kind: SecondFactorKind): FactorUse => {
  const { id: credentialId } = sampleCredential(kind);
  return kind === 'passkey' ? passkeyUse() : { kind, at: startInstant, credentialId };
};

describe('what an attempt has proven', () => {
  const fresh = freshLogin();
  const standing = (progress: Progress, added: readonly string[] = []) =>
    standingProgress(fresh().world, progress, added);

  it('stands while nothing was changed', async () => {
    await fresh().addAccount();
    await fresh().put(credentials, sampleCredential('totp'));
    const progress = proving(passwordUse(), useOf('totp'));
    expect(await standing(progress)).toEqual(progress);
  });

  it('loses the password that was changed since, and keeps the rest', async () => {
    await fresh().addAccount({ credential: { edition: 'edition-2' } });
    await fresh().put(credentials, sampleCredential('totp'));
    expect(await standing(proving(passwordUse(), useOf('totp')))).toEqual(proving(useOf('totp')));
    expect(await standing(proving(passwordUse()))).toEqual({ way: 'totp' });
  });

  it('loses the password that was taken away', async () => {
    await fresh().addAccount({ password: null });
    expect(await standing(proving(passwordUse()))).toEqual({ way: 'totp' });
  });

  const kinds: readonly SecondFactorKind[] = [
    'totp',
    'mail-code',
    'passkey',
    'recovery-code',
    'temporary-pass',
    'certificate',
  ];
  it.each(kinds)('loses a factor that was taken away, and that of somebody else: %s', async (kind) => {
    await fresh().addAccount();
    const used = await fresh().put(credentials, sampleCredential(kind));
    const [with_, without] = [proving(passwordUse(), useOfSample(kind)), proving(passwordUse())];
    expect(await standing(with_)).toEqual(with_);
    await fresh().world.store.commit([replace(credentials, { ...used, accountId: 'account-2' })]);
    expect(await standing(with_)).toEqual(without);
    await fresh().world.store.commit([remove(credentials, used.id)]);
    expect(await standing(with_)).toEqual(without);
  });

  it('keeps a factor that is stored in this very commit, and only that', async () => {
    await fresh().addAccount();
    const progress = proving(passwordUse(), useOf('totp'));
    expect(await standing(progress, ['totp-1'])).toEqual(progress);
    expect(await standing(progress, ['totp-2'])).toEqual(proving(passwordUse()));
  });

  it('is nothing where nothing was proven', async () => {
    expect(await standing({ way: 'totp' })).toEqual({ way: 'totp' });
  });
});

describe('what was begun by one person', () => {
  const begun = {
    about: 'account-1',
    proven: { accountId: 'account-1', factors: [passwordUse()], edition: 'edition-1' },
    choice: 'other',
    acceptedTerms: { accountId: 'account-1', version: '2026-04' },
    allowedRelease: { accountId: 'account-1' },
    declined: 'cancelled',
    way: 'totp',
    mailedCode: {} as NonNullable<Progress['mailedCode']>,
    enrolling: { kind: 'totp', sealedSecret: 'sealed' },
    newRecoveryCodes: 'sealed',
    recoveryCodesLeft: 3,
    trustsBrowser: true,
    hasAdded: true,
  } satisfies Required<Progress>;

  it('is theirs', () => {
    expect(progressAbout(begun, 'account-1')).toEqual(begun);
  });

  it('becomes theirs when they are known', () => {
    expect(progressAbout({ way: 'choose' }, 'account-1')).toEqual({ way: 'choose', about: 'account-1' });
  });

  it('is not gone on with by another: no secret, no code, no choice of theirs', () => {
    const { proven, choice, acceptedTerms, allowedRelease, declined } = begun;
    expect(progressAbout(begun, 'account-2')).toEqual({
      about: 'account-2',
      proven,
      choice,
      acceptedTerms,
      allowedRelease,
      declined,
    });
    expect(progressAbout({ about: 'account-1', way: 'totp' }, 'account-2')).toEqual({ about: 'account-2' });
  });
});
