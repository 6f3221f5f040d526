import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import {
  openRecoveryCodes,
  planNewRecoveryCodes,
  readRecoveryCode,
  recoveryCodesOf,
  sealRecoveryCodes,
  withoutRecoveryCode,
} from '../../../src/core/credentials/recovery-codes.ts';
import { replace } from '../../../src/store/port.ts';
import { freshWorld, sampleMasterKey } from '../fresh-world.ts';
import { startInstant } from '../sample-records.ts';

const fresh = freshWorld();
const actor = { kind: 'person', id: 'account-1' } as const;
const plan = (accountId = 'account-1') => planNewRecoveryCodes(fresh().world, fresh().codeDigest, actor, accountId);

async function make(accountId?: string): Promise<readonly string[]> {
  const { codes, writes } = await plan(accountId);
  await fresh().world.store.commit(writes);
  return codes;
}
async function stored(accountId = 'account-1') {
  const known = await recoveryCodesOf(fresh().world.store, accountId);
  if (!known) throw new TypeError('there are no codes');
  return known;
}
const left = async (code = '') => withoutRecoveryCode(fresh().codeDigest, await stored(), readRecoveryCode(code) ?? '');

describe('planNewRecoveryCodes', () => {
  it('makes ten codes that differ, of more than fifty bits each', async () => {
    const codes = await make();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[2-9CDFHJKMNPQRTWXY]{4}(-[2-9CDFHJKMNPQRTWXY]{4}){2}$/);
    expect(12 * Math.log2(23)).toBeGreaterThan(50);
  });

  it('stores and tells nothing that shows them', async () => {
    const codes = await make();
    const told = JSON.stringify([await stored(), await fresh().audited()]);
    for (const code of codes) {
      expect(told).not.toContain(code);
      expect(told).not.toContain(readRecoveryCode(code));
    }
    expect(await stored()).toMatchObject({ accountId: 'account-1', kind: 'recovery-code', madeAt: startInstant });
  });

  it('puts new ones in the place of those before, and says so', async () => {
    const [before] = await make();
    const [after] = await make();
    expect(await left(before)).toBeUndefined();
    expect(await left(after)).toBeDefined();
    const made = { type: 'recovery_codes.made', accountId: 'account-1' };
    expect(await fresh().audited()).toEqual(
      expect.arrayContaining([
        { ...made, hasReplaced: false },
        { ...made, hasReplaced: true },
      ]),
    );
  });

  it('lets one of two who make some at once win', async () => {
    const plans = [await plan(), await plan()];
    await fresh().world.store.commit(plans[0]?.writes ?? []);
    await expect(fresh().world.store.commit(plans[1]?.writes ?? [])).rejects.toMatchObject({ code: 'store.duplicate' });
  });
});

describe('withoutRecoveryCode', () => {
  it('leaves the other nine, each good once', async () => {
    const codes = await make();
    for (const [used, code] of codes.entries()) {
      const rest = await left(code);
      expect(rest?.codes).toHaveLength(9 - used);
      if (rest) await fresh().world.store.commit([replace(credentials, rest)]);
      expect(await left(code)).toBeUndefined();
    }
  });

  it('lets one of two uses at once through', async () => {
    const [code] = await make();
    const uses = [await left(code), await left(code)].flatMap((rest) => rest ?? []);
    const ends = await Promise.allSettled(uses.map((rest) => fresh().world.store.commit([replace(credentials, rest)])));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('knows no code of another account, nor where the record was copied to another account', async () => {
    const [foreign = ''] = await make('account-2');
    await make();
    expect(await left(foreign)).toBeUndefined();
    const copied = { ...(await stored('account-2')), accountId: 'account-1' };
    expect(withoutRecoveryCode(fresh().codeDigest, copied, readRecoveryCode(foreign) ?? '')).toBeUndefined();
  });
});

describe('recovery codes that are still to be kept', () => {
  const codes = ['2345-6789', 'CDFH-JKMN'];
  const sealed = sealRecoveryCodes(sampleMasterKey, systemIds, 'account-1', codes);

  it('are read for the account for which they were made', () => {
    expect(openRecoveryCodes(sampleMasterKey, 'account-1', sealed)).toEqual(codes);
  });

  it('are read for no other, and not from the store', () => {
    expect(() => openRecoveryCodes(sampleMasterKey, 'account-2', sealed)).toThrow(
      expect.objectContaining({ code: 'key.unreadable' }),
    );
    expect(sealed).not.toContain('2345');
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString()).not.toContain('2345');
  });
});
