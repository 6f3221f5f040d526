import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { freshFor, hasSecondFactor, isFresh } from '../../../src/core/access/fresh-check.ts';
import type { Credential, PasswordCredential } from '../../../src/core/credentials/credential.ts';
import type { FactorUse } from '../../../src/core/credentials/factor-use.ts';
import { heldApp } from '../../support/authenticator-app.ts';
import { sampleMasterKey } from '../fresh-world.ts';
import { passwordUse, startInstant } from '../sample-records.ts';
import { totpUse } from './own-stage.ts';

const rule = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: false, certificate: false, passkeys: [] },
};
const password: PasswordCredential = {
  id: 'account-1:password',
  accountId: 'account-1',
  kind: 'password',
  hash: '',
  preset: 'kyoto',
  setAt: startInstant,
  edition: 'edition-1',
};
const app = heldApp(sampleMasterKey, 'account-1');
const mail: Credential = {
  id: 'mail-1',
  accountId: 'account-1',
  kind: 'mail-code',
  name: 'm',
  addedAt: startInstant,
  address: 'hanako@mail.example.com',
};
const codes: Credential = {
  id: 'account-1:recovery-codes',
  accountId: 'account-1',
  kind: 'recovery-code',
  madeAt: startInstant,
  codes: ['x'],
};
const now = startInstant + minutes(30);
const young = now - freshFor;
const old = young - 1;
const codeUse = (at: number): FactorUse => ({ kind: 'recovery-code', at, credentialId: codes.id });
const passkeyUse = (at: number, userVerified: boolean): FactorUse => ({
  kind: 'passkey',
  at,
  credentialId: 'passkey-1',
  userVerified,
  isSynced: true,
  aaguid: '',
});

describe('a check', () => {
  it.each<[string, boolean, readonly Credential[], readonly FactorUse[]]>([
    ['is fresh by a young password where there is nothing else', true, [password], [passwordUse(young)]],
    ['is not by a password that is a moment too old', false, [password], [passwordUse(old)]],
    ['is not by a young password where there is an app', false, [password, app], [passwordUse(young)]],
    ['is fresh by both, young', true, [password, app], [passwordUse(young), totpUse(young)]],
    ['is not where the code is too old', false, [password, app], [passwordUse(young), totpUse(old)]],
    ['is not where the password is too old', false, [password, app], [passwordUse(old), totpUse(young)]],
    ['is fresh by a recovery code in place of the app', true, [password, app], [passwordUse(young), codeUse(young)]],
    ['is fresh by a passkey that has checked its owner', true, [password, app], [passkeyUse(young, true)]],
    ['is not by a passkey that has not', false, [password, app], [passkeyUse(young, false)]],
    ['is fresh by the password where only recovery codes are left', true, [password, codes], [passwordUse(young)]],
    ['is not by nothing', false, [password], []],
  ])('%s', (_title, expected, held, factors) => {
    expect(isFresh(rule, held, factors, now)).toBe(expected);
  });

  it('asks for no second factor that would make nothing true', () => {
    const strict = { ...rule, mfaBy: { ...rule.mfaBy, mailCode: false } };
    expect(hasSecondFactor(rule, [password, mail], now)).toBe(true);
    expect(hasSecondFactor(strict, [password, mail], now)).toBe(false);
  });
});
