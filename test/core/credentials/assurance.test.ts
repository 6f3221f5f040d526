import { describe, expect, it } from '@jest/globals';
import {
  type AssuranceRule,
  authenticatedAt,
  identifies,
  methodReferences,
  reachableLevels,
  trueLevels,
} from '../../../src/core/credentials/assurance.ts';
import type { FactorUse } from '../../../src/core/credentials/factor-use.ts';
import type { Level } from '../../../src/core/credentials/level.ts';
import { passwordUse } from '../sample-records.ts';
import { passkeyUse, useOf } from '../sample-uses.ts';

const listed = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const rule: AssuranceRule = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: false, certificate: false, passkeys: [listed] },
};
const certified: AssuranceRule = { ...rule, aal2By: { ...rule.aal2By, totp: true, certificate: true } };
const strict: AssuranceRule = { ...rule, mfaBy: { mailCode: false, recoveryCode: false, temporaryPass: false } };
const lenient: AssuranceRule = { ...rule, mfaBy: { ...rule.mfaBy, temporaryPass: true } };

const password = passwordUse();
const weak = passwordUse(1, 'kyoto-2017');
const unverified = passkeyUse(1, { userVerified: false });
const inHardware = passkeyUse(1, { isSynced: false, aaguid: listed });

const single: readonly Level[] = ['password', 'sfa'];
const mfa: readonly Level[] = [...single, 'mfa'];

/** The table of levels: what each login proves, and its RFC 8176 references. */
const table: readonly [string, AssuranceRule, readonly FactorUse[], readonly Level[], readonly string[]][] = [
  ['nothing', rule, [], [], []],
  ['a password', rule, [password], single, ['pwd']],
  ['a password of a rule too weak for SFA', rule, [weak], ['password'], ['pwd']],
  ['a password of the default rule', rule, [passwordUse(1, 'default')], single, ['pwd']],
  ['a password and a mailed code', rule, [password, useOf('mail-code')], mfa, ['pwd', 'otp', 'mfa']],
  ['the same, not counted as MFA', strict, [password, useOf('mail-code')], single, ['pwd', 'otp']],
  ['a password and an app', rule, [password, useOf('totp')], mfa, ['pwd', 'otp', 'mfa']],
  ['the same, certified', certified, [password, useOf('totp')], [...mfa, 'aal2'], ['pwd', 'otp', 'mfa']],
  ['a weak password and an app', rule, [weak, useOf('totp')], ['password', 'mfa'], ['pwd', 'otp', 'mfa']],
  ['an app alone', certified, [useOf('totp')], [], ['otp']],
  ['a mailed code alone', rule, [useOf('mail-code')], [], ['otp']],
  [
    'a passkey with its owner checked',
    rule,
    [passkeyUse()],
    ['sfa', 'mfa', 'phishing-resistant'],
    ['swk', 'user', 'mfa'],
  ],
  [
    'the same, listed and in hardware',
    rule,
    [inHardware],
    ['sfa', 'mfa', 'aal2', 'phishing-resistant'],
    ['hwk', 'user', 'mfa'],
  ],
  [
    'a passkey after a password',
    rule,
    [password, passkeyUse()],
    [...mfa, 'phishing-resistant'],
    ['pwd', 'swk', 'user', 'mfa'],
  ],
  [
    'a listed one after a password',
    rule,
    [password, inHardware],
    [...mfa, 'aal2', 'phishing-resistant'],
    ['pwd', 'hwk', 'user', 'mfa'],
  ],
  [
    'a passkey without its owner checked, after a password',
    rule,
    [password, unverified],
    [...mfa, 'phishing-resistant'],
    ['pwd', 'swk', 'mfa'],
  ],
  ['a passkey without its owner checked, alone', rule, [unverified], [], ['swk']],
  [
    'a listed one without its owner checked, alone',
    rule,
    [passkeyUse(1, { userVerified: false, isSynced: false, aaguid: listed })],
    [],
    ['hwk'],
  ],
  [
    'a certificate and a password',
    rule,
    [password, useOf('certificate')],
    [...mfa, 'phishing-resistant'],
    ['pwd', 'sc', 'mfa'],
  ],
  [
    'the same, listed',
    certified,
    [password, useOf('certificate')],
    [...mfa, 'aal2', 'phishing-resistant'],
    ['pwd', 'sc', 'mfa'],
  ],
  ['a certificate alone', certified, [useOf('certificate')], [], ['sc']],
  ['a password and a recovery code', rule, [password, useOf('recovery-code')], mfa, ['pwd', 'otp', 'mfa']],
  ['the same, not counted as MFA', strict, [password, useOf('recovery-code')], single, ['pwd', 'otp']],
  ['a password and a temporary pass', rule, [password, useOf('temporary-pass')], single, ['pwd', 'otp']],
  ['the same, counted as MFA', lenient, [password, useOf('temporary-pass')], mfa, ['pwd', 'otp', 'mfa']],
  ['two codes and no password', lenient, [useOf('totp'), useOf('mail-code')], [], ['otp']],
];

describe('trueLevels', () => {
  it.each(table)('says what %s proves', (_what, given, factors, levels) => {
    expect(trueLevels(given, factors)).toEqual(levels);
  });

  it.each(table)('does not look at the order of the factors: %s', (_what, given, factors, levels) => {
    expect(trueLevels(given, factors.toReversed())).toEqual(levels);
  });
});

describe('methodReferences', () => {
  it.each(table)(
    'names what was used, and mfa exactly where it is true: %s',
    (_what, given, factors, _levels, names) => {
      expect(methodReferences(given, factors)).toEqual(names);
      expect(methodReferences(given, factors.toReversed())).toEqual(names);
      expect(names.includes('mfa')).toBe(trueLevels(given, factors).includes('mfa'));
    },
  );
});

describe('reachableLevels', () => {
  const none = { totp: false, certificate: false, passkeys: [] };

  it.each<[string, AssuranceRule['aal2By'], boolean]>([
    ['nothing', none, false],
    ['authenticator apps', { ...none, totp: true }, true],
    ['certificates', { ...none, certificate: true }, true],
    ['a product of passkeys', { ...none, passkeys: [listed] }, true],
  ])('holds AAL2 only where the registry lists something: %s', (_what, aal2By, isReachable) => {
    const levels = [...mfa, ...(isReachable ? ['aal2'] : []), 'phishing-resistant'];
    expect(reachableLevels({ ...rule, aal2By })).toEqual(levels);
  });
});

describe('identifies', () => {
  it.each([
    [true, 'a password', [password]],
    [true, 'a passkey with its owner checked', [passkeyUse()]],
    [false, 'a passkey without that', [unverified]],
    [false, 'an app', [useOf('totp')]],
    [false, 'a certificate', [useOf('certificate')]],
    [false, 'a temporary pass', [useOf('temporary-pass')]],
    [false, 'nothing', []],
  ] as const)('says %s of %s', (isEnough, _what, factors) => {
    expect(identifies(factors)).toBe(isEnough);
  });
});

describe('authenticatedAt', () => {
  const [old, young] = [passwordUse(10), useOf('totp', 30)];

  it.each<[string, readonly FactorUse[], Level | undefined, number | undefined]>([
    ['the oldest of those that the level relies on', [old, young], 'mfa', 10],
    ['that of the password alone where only that counts', [passwordUse(30), useOf('totp', 10)], 'sfa', 30],
    ['that of the app where that is older', [passwordUse(30), useOf('totp', 10)], 'mfa', 10],
    ['the completest young ground of several', [passwordUse(10), passkeyUse(30)], 'mfa', 30],
    ['the younger of two second factors', [passwordUse(40), useOf('totp', 10), useOf('mail-code', 20)], 'mfa', 20],
    ['the oldest of all without a level', [passwordUse(30), useOf('totp', 10)], undefined, 10],
    ['the oldest of all for a level that is not true', [passwordUse(30), useOf('totp', 10)], 'aal2', 10],
    ['unknown without a factor', [], undefined, undefined],
    ['unknown without a factor, whatever the level', [], 'mfa', undefined],
  ])('is %s', (_what, factors, level, at) => {
    expect(authenticatedAt(rule, factors, level)).toBe(at);
  });
});
