import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { masterKeyOf } from '../../src/core/keys/master-key.ts';
import { mac } from '../../src/core/keys/seal.ts';
import { factorMark, knownMark, markBrowser, signedInBy } from '../../src/login/known-browser.ts';
import { sampleMasterKey as key } from '../core/fresh-world.ts';

const mark = (marks: string | undefined, accountId: string) =>
  markBrowser(key, systemIds, marks, { accountId, withFactor: false });
const factor = (marks: string | undefined, accountId: string) =>
  markBrowser(key, systemIds, marks, { accountId, withFactor: true });

describe('the mark of a browser', () => {
  it('is known for the account that signed in, and for no other', () => {
    const marks = mark(undefined, 'account-1');
    expect(knownMark(key, marks, 'account-1')).toEqual(expect.any(String));
    expect(knownMark(key, marks, 'account-2')).toBeUndefined();
  });

  it('does not name the account', () => {
    expect(mark(undefined, 'account-1')).not.toContain('account-1');
  });

  it('differs from browser to browser, so that each has a count of its own', () => {
    const [one, two] = [mark(undefined, 'account-1'), mark(undefined, 'account-1')];
    expect(knownMark(key, one, 'account-1')).not.toBe(knownMark(key, two, 'account-1'));
  });

  it('is kept for four people, the oldest going first', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const marks = people.reduce<string | undefined>(mark, undefined);
    expect(people.filter((person) => knownMark(key, marks, person) !== undefined)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('is renewed for a person who comes back, and pushes nobody out', () => {
    const marks = ['a', 'b', 'c', 'd', 'a', 'a'].reduce<string | undefined>(mark, undefined);
    expect(['a', 'b', 'c', 'd'].filter((person) => knownMark(key, marks, person) === undefined)).toEqual([]);
  });

  it('says of a second factor only where one was given: by whoever has a password alone it cannot be made', () => {
    const marks = mark(mark(undefined, 'account-1'), 'account-1');
    expect(factorMark(key, marks, 'account-1')).toBeUndefined();
    const risen = factor(marks, 'account-1');
    expect(factorMark(key, risen, 'account-1')).toBe(knownMark(key, risen, 'account-1'));
    expect(factorMark(key, risen, 'account-1')).toEqual(expect.any(String));
    expect(factorMark(key, risen, 'account-2')).toBeUndefined();
  });

  it('keeps what it says of a second factor through logins with a password, and is another one at the next factor', () => {
    const marks = factor(undefined, 'account-1');
    expect(factorMark(key, mark(marks, 'account-1'), 'account-1')).toBe(factorMark(key, marks, 'account-1'));
    expect(factorMark(key, factor(marks, 'account-1'), 'account-1')).not.toBe(factorMark(key, marks, 'account-1'));
  });

  const use = { at: 0, credentialId: 'x' };
  const password = { kind: 'password', at: 0, preset: 'kyoto' } as const;
  it.each([
    ['an app', [password, { kind: 'totp', ...use }], true],
    ['a passkey alone', [{ kind: 'passkey', ...use, userVerified: true, isSynced: true, aaguid: '' }], true],
    ['a password', [password], false],
    ['a recovery code', [password, { kind: 'recovery-code', ...use }], false],
    ['a pass of the desk', [password, { kind: 'temporary-pass', ...use }], false],
  ] as const)('is made by %s', (_what, factors, withFactor) => {
    expect(signedInBy({ proven: { accountId: 'account-1', factors } })).toEqual({
      signedIn: { accountId: 'account-1', withFactor },
    });
  });

  const [nonce = '', signature = ''] = mark(undefined, 'account-1').split('~');
  it.each([
    ['no mark', undefined],
    ['an empty mark', ''],
    ['noise', '!!~~!~'],
    ['a mark with another nonce', `${systemIds.id()}~${signature}`],
    ['a mark without its signature', `${nonce}~`],
    [
      'a mark under another key',
      markBrowser(masterKeyOf(Buffer.alloc(32, 2)), systemIds, undefined, {
        accountId: 'account-1',
        withFactor: false,
      }),
    ],
    ['a MAC of another purpose', `${nonce}~${mac(key, 'throttle', 'account-1', nonce)}`],
    ['more marks than are ever written', `${'x~y!'.repeat(4)}${nonce}~${signature}`],
  ])('is not known from %s', (_what, marks) => {
    expect(knownMark(key, `${nonce}~${signature}`, 'account-1')).toBe(nonce);
    expect(knownMark(key, marks, 'account-1')).toBeUndefined();
  });
});
