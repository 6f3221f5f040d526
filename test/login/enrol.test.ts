import { describe, expect, it } from '@jest/globals';
import { credentials, credentialsOf } from '../../src/core/credentials/credential.ts';
import {
  openRecoveryCodes,
  readRecoveryCode,
  recoveryCodesOf,
  withoutRecoveryCode,
} from '../../src/core/credentials/recovery-codes.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { planEnrol } from '../../src/login/enrol.ts';
import type { Stored } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { passwordUse } from '../core/sample-records.ts';
import { useOf } from '../core/sample-uses.ts';
import { freshLogin } from './fresh-login.ts';
import { sampleSituation, sampleSubject } from './sample-situation.ts';

const actor = { kind: 'person', id: 'account-1' } as const;
const totp = { factor: sampleCredential('totp'), use: useOf('totp') };

describe('setting up a factor in a login', () => {
  const fresh = freshLogin();
  /** `read`: the account as this login read it, now unless said. */
  async function plan(enrolled = totp, read?: Stored<Account>) {
    const known = read ?? (await fresh().world.store.get(accounts, 'account-1'));
    const account = known ?? (await fresh().addAccount());
    const proven = { accountId: 'account-1', factors: [passwordUse()], edition: 'edition-1' };
    const progress = {
      about: 'account-1',
      way: 'totp',
      enrolling: { kind: 'totp', sealedSecret: 'x' },
      proven,
    } as const;
    const situation = sampleSituation({ progress, subject: sampleSubject({ account }) });
    return planEnrol(fresh().means, situation, actor, enrolled);
  }
  async function enrol(enrolled = totp) {
    const move = await plan(enrolled);
    await fresh().world.store.commit(move.writes);
    return move;
  }

  it('stores it, and counts it at once', async () => {
    const { progress } = await enrol();
    expect(await fresh().world.store.get(credentials, 'totp-1')).toMatchObject(totp.factor);
    expect(progress).toEqual({
      about: 'account-1',
      proven: { accountId: 'account-1', factors: [passwordUse(), useOf('totp')], edition: 'edition-1' },
      newRecoveryCodes: expect.any(String),
    });
    expect((await fresh().audited()).map(({ type }) => type)).toContain('factor.added');
  });

  it('makes recovery codes that work', async () => {
    const { progress } = await enrol();
    const codes = openRecoveryCodes(fresh().masterKey, 'account-1', progress.newRecoveryCodes ?? '');
    const known = await recoveryCodesOf(fresh().world.store, 'account-1');
    expect(codes).toHaveLength(10);
    for (const code of codes) {
      expect(known && withoutRecoveryCode(fresh().codeDigest, known, readRecoveryCode(code) ?? '')).toBeDefined();
    }
  });

  it('makes none for one more factor', async () => {
    await enrol();
    const { progress } = await enrol({ factor: sampleCredential('totp', { id: 'totp-2' }), use: useOf('totp') });
    expect(progress).not.toHaveProperty('newRecoveryCodes');
  });

  it('ends the pass with which it was opened', async () => {
    await fresh().put(credentials, sampleCredential('temporary-pass'));
    await enrol();
    const kinds = (await credentialsOf(fresh().world.store, 'account-1')).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(['password', 'recovery-code', 'totp']);
  });

  it('lets one of two be the first', async () => {
    const both = [await plan(), await plan({ factor: sampleCredential('totp', { id: 'totp-2' }), use: useOf('totp') })];
    const done = await Promise.allSettled(both.map(({ writes }) => fresh().world.store.commit(writes)));
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await credentialsOf(fresh().world.store, 'account-1')).filter(({ kind }) => kind === 'totp')).toHaveLength(
      1,
    );
  });

  it('is refused to a login that began to look before another one set up the first', async () => {
    const before = await fresh().addAccount();
    await enrol();
    const late = await plan({ factor: sampleCredential('totp', { id: 'totp-2' }), use: useOf('totp') }, before);
    await expect(fresh().world.store.commit(late.writes)).rejects.toMatchObject({ code: 'store.conflict' });
  });

  it('is for nobody but whom the login is about', async () => {
    const foreign = { ...totp, factor: sampleCredential('totp', { accountId: 'account-2' }) };
    await expect(plan(foreign)).rejects.toThrow('for whom the login is about');
  });
});
