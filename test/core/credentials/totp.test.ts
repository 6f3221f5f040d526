import { describe, expect, it } from '@jest/globals';
import { credentials, credentialsOf } from '../../../src/core/credentials/credential.ts';
import { checkTotp, confirmTotp, newTotpSecret, totpInvitation } from '../../../src/core/credentials/totp.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../../support/authenticator-app.ts';
import { freshWorld } from '../fresh-world.ts';
import { startInstant } from '../sample-records.ts';

/** Thirty seconds. */
const step = 30_000;
const app = authenticatorApp(sampleSecret);
const other = masterKeyOf(Buffer.alloc(32, 2));
const fresh = freshWorld();

/** Puts the app on the account, so that it can be checked. */
const hold = (wishes: Parameters<typeof heldApp>[2] = {}) =>
  fresh().put(credentials, heldApp(fresh().masterKey, 'account-1', wishes));
const check = async (code: string, now = startInstant) =>
  checkTotp(fresh().masterKey, await credentialsOf(fresh().world.store, 'account-1'), code, now);

describe('the code of an authenticator app', () => {
  // RFC 6238, appendix B: the last six of the eight digits there.
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('is right as the standard has it, %i seconds after 1970', async (epoch, code) => {
    await hold();
    expect(await check(code, epoch * 1000)).toMatchObject({ kind: 'right' });
  });

  it.each([
    [-2, 'wrong'],
    [-1, 'right'],
    [0, 'right'],
    [1, 'right'],
    [2, 'wrong'],
  ])('of a clock that is %i steps off is %s', async (steps, kind) => {
    await hold();
    expect(await check(app.codeAt(startInstant + steps * step))).toMatchObject({ kind });
    // Also at the other end of a step: not a second more is given.
    const end = startInstant + step - 1;
    expect(await check(app.codeAt(startInstant + steps * step), end)).toMatchObject({ kind });
  });

  it('is used up with its use, and so are those before it', async () => {
    await hold();
    const used = await check(app.codeAt(startInstant));
    if (used.kind !== 'right') throw new Error('the code was right');
    await fresh().world.store.commit([used.write]);
    expect(await check(app.codeAt(startInstant))).toEqual({ kind: 'used' });
    expect(await check(app.codeAt(startInstant - step))).toEqual({ kind: 'used' });
    expect(await check(app.codeAt(startInstant + step))).toMatchObject({ kind: 'right' });
    expect(await check(app.codeAt(startInstant + 3 * step))).toEqual({ kind: 'wrong' });
  });

  it('is taken once of twenty that arrive at the same moment', async () => {
    await hold();
    const checks = await Promise.all(Array.from({ length: 20 }, () => check(app.codeAt(startInstant))));
    const commits = await Promise.allSettled(
      checks.map((each) => (each.kind === 'right' ? fresh().world.store.commit([each.write]) : Promise.reject(each))),
    );
    expect(commits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [record] = await credentialsOf(fresh().world.store, 'account-1');
    expect(record).toMatchObject({ lastStep: startInstant / 30_000, lastUsedAt: startInstant });
  });

  it('may come from any of several apps, and names the one that it came from', async () => {
    const tablet = authenticatorApp(Buffer.alloc(20, 7));
    await hold();
    await hold({ id: 'totp-2', secret: Buffer.alloc(20, 7), lastStep: startInstant });
    await hold({ id: 'totp-3', secret: Buffer.alloc(20, 7) });
    expect(await check(app.codeAt(startInstant))).toMatchObject({
      use: { kind: 'totp', at: startInstant, credentialId: 'totp-1' },
    });
    // The same secret was taken over to another phone: the one whose code is still good answers.
    expect(await check(tablet.codeAt(startInstant))).toMatchObject({ use: { credentialId: 'totp-3' } });
  });

  it('is wrong where the account has no app', async () => {
    expect(await check(app.codeAt(startInstant))).toEqual({ kind: 'wrong' });
  });

  it('cannot be judged under another master key, nor when the secret was copied from another record', async () => {
    const mine = await hold();
    const judge = (key = fresh().masterKey, id = mine.id) => checkTotp(key, [{ ...mine, id }], '287082', startInstant);
    expect(() => judge(other)).toThrow(expect.objectContaining({ code: 'key.unreadable' }));
    expect(() => judge(fresh().masterKey, 'totp-2')).toThrow(expect.objectContaining({ code: 'key.unreadable' }));
    expect(judge()).toEqual({ kind: 'wrong' });
  });
});

describe('setting up an authenticator app', () => {
  const named = { issuer: '京大', loginName: 'a0123456' };
  const begin = (accountId = 'account-1') => newTotpSecret(fresh().world, fresh().masterKey, accountId);
  const invite = (sealed: string, names = named) => totpInvitation(fresh().masterKey, 'account-1', sealed, names);
  const confirm = (sealedSecret: string, code: string) =>
    confirmTotp(fresh().world, fresh().masterKey, { accountId: 'account-1', name: 'Phone', sealedSecret, code });

  it('gives every app another secret of 160 bits, under names that every app can read', () => {
    const sealed = begin();
    const { uri, key } = invite(sealed);
    expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(uri).toBe(
      `otpauth://totp/%E4%BA%AC%E5%A4%A7:a0123456?secret=${key.replaceAll(' ', '')}&issuer=%E4%BA%AC%E5%A4%A7`,
    );
    expect(invite(begin()).key).not.toBe(key);
    expect(sealed).not.toContain(key.replaceAll(' ', ''));
  });

  it.each([
    ['a space', 'Kyoto U', 'Kyoto%20U'],
    ['a colon, which would end the name', 'Kyoto: U', 'Kyoto%20%20U'],
    ['signs of an address', 'A&B=C?#+', 'A%26B%3DC%3F%23%2B'],
  ])('writes %s in the name so that it reads as it is', (_what, issuer, written) => {
    const url = new URL(invite(begin(), { ...named, issuer }).uri);
    expect(url.href).toContain(`/${written}:a0123456?`);
    expect([...url.searchParams.keys()]).toEqual(['secret', 'issuer']);
    expect(url.searchParams.get('issuer')).toBe(issuer.replace(':', ' '));
  });

  it('is confirmed by a code of the app, which is used up with it', async () => {
    const sealed = begin();
    const phone = authenticatorApp(invite(sealed).key);
    const factor = confirm(sealed, phone.codeAt(startInstant));
    if (!factor) throw new Error('the code was right');
    expect(factor).toMatchObject({ accountId: 'account-1', kind: 'totp', name: 'Phone', addedAt: startInstant });
    await fresh().put(credentials, factor);
    expect(await check(phone.codeAt(startInstant))).toEqual({ kind: 'used' });
    expect(await check(phone.codeAt(startInstant + step))).toMatchObject({ kind: 'right' });
  });

  it('is not confirmed by another code', () => {
    expect(confirm(begin(), app.codeAt(startInstant))).toBeUndefined();
  });

  it('cannot be gone on with for another account, or under another master key', () => {
    const theirs = begin('account-2');
    expect(() => invite(theirs)).toThrow(expect.objectContaining({ code: 'key.unreadable' }));
    expect(() => confirm(theirs, '123456')).toThrow(expect.objectContaining({ code: 'key.unreadable' }));
    expect(() => totpInvitation(other, 'account-1', begin(), named)).toThrow(
      expect.objectContaining({ code: 'key.unreadable' }),
    );
  });
});
