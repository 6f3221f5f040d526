import { describe, expect, it } from '@jest/globals';
import { hours } from '../../../src/base/duration.ts';
import {
  endTemporaryPass,
  judgeTemporaryPass,
  type PassGiving,
  planTemporaryPass,
  planWithdrawPass,
  readTemporaryPass,
  temporaryPassOf,
} from '../../../src/core/credentials/temporary-pass.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { freshWorld } from '../fresh-world.ts';
import { passwordUse, sampleAccount, sampleSession, startInstant } from '../sample-records.ts';
import { useOf } from '../sample-uses.ts';

const fresh = freshWorld();
const actor = { kind: 'operator', id: 'desk-1' } as const;
const expiresAt = startInstant + hours(24);

async function give(wishes: Partial<PassGiving> = {}): Promise<string> {
  const { world, codeDigest } = fresh();
  const giving = { account: sampleAccount(), seenBy: 'Yamada Taro', expiresAt, ...wishes };
  const { pass, writes } = await planTemporaryPass(world, codeDigest, actor, giving);
  await world.store.commit(writes);
  return pass;
}
const stored = (accountId = 'account-1') => temporaryPassOf(fresh().world.store, accountId);
const judge = async (pass: string, now = startInstant) =>
  judgeTemporaryPass(fresh().codeDigest, await stored(), readTemporaryPass(pass) ?? '', now);

describe('planTemporaryPass', () => {
  it('keeps who had seen the person and until when it is good, and nothing that shows the pass', async () => {
    const pass = await give();
    expect(pass).toMatch(/^[2-9CDFHJKMNPQRTWXY]{4}-[2-9CDFHJKMNPQRTWXY]{4}$/);
    const record = await stored();
    expect(record).toMatchObject({ givenBy: 'Yamada Taro', givenAt: startInstant, expiresAt });
    const audited = await fresh().audited();
    expect(audited).toEqual([
      { type: 'temporary_pass.given', accountId: 'account-1', seenBy: 'Yamada Taro', expiresAt },
    ]);
    expect(JSON.stringify([record, audited])).not.toMatch(new RegExp(`${pass}|${readTemporaryPass(pass)}`));
  });

  it('puts a new one in the place of the one before', async () => {
    const first = await give();
    fresh().clock.advance(1);
    const second = await give();
    expect(await judge(first)).toBe('wrong');
    expect(await judge(second)).toBe('right');
  });

  it('says whether one that was still good was replaced', async () => {
    const { world, codeDigest, clock } = fresh();
    const again = async () => {
      const giving = { account: sampleAccount(), seenBy: 'Yamada Taro', expiresAt: clock.now() + 1 };
      return (await planTemporaryPass(world, codeDigest, actor, giving)).hasReplaced;
    };
    expect(await again()).toBe(false);
    await give();
    expect(await again()).toBe(true);
    clock.advance(hours(24));
    expect(await again()).toBe(false);
  });

  it.each(['issued', 'suspended', 'closed'] as const)('refuses an account that is %s', async (state) => {
    const account = sampleAccount({ state });
    await expect(give({ account })).rejects.toMatchObject({ code: 'account.state', facts: { state } });
  });

  it('refuses an end that is not to come', async () => {
    await expect(give({ expiresAt: startInstant })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('judgeTemporaryPass', () => {
  it('says right until its end, and lapsed from then on', async () => {
    const pass = await give();
    expect(await judge(pass, expiresAt - 1)).toBe('right');
    expect(await judge(pass, expiresAt)).toBe('lapsed');
  });

  it('says wrong for another pass, for none, and for a record copied to another account', async () => {
    const pass = await give();
    expect(await judge(pass.startsWith('2') ? '3333-3333' : '2222-2222')).toBe('wrong');
    const typed = readTemporaryPass(pass) ?? '';
    expect(judgeTemporaryPass(fresh().codeDigest, undefined, typed, startInstant)).toBe('wrong');
    const known = await stored();
    if (!known) throw new TypeError('there is no pass');
    const copied = { ...known, accountId: 'account-2' };
    expect(judgeTemporaryPass(fresh().codeDigest, copied, typed, startInstant)).toBe('wrong');
  });
});

describe('the end of a pass', () => {
  it('comes with a factor that was set up, and where there is none that is no matter', async () => {
    await give();
    for (let i = 0; i < 2; i += 1) {
      await fresh().world.store.commit([endTemporaryPass('account-1')]);
      expect(await stored()).toBeUndefined();
    }
  });

  it('is the end of the sessions that were begun with it, and of no others', async () => {
    await give();
    const { put, world } = fresh();
    const opened = [passwordUse(), useOf('temporary-pass')];
    await put(sessions, sampleSession({ id: 'with', tokenDigest: 'with', factors: opened }));
    await put(sessions, sampleSession({ id: 'without', tokenDigest: 'without', factors: [passwordUse()] }));
    const writes = await planWithdrawPass(world, [], actor, 'account-1');
    await world.store.commit(writes ?? []);
    expect(await stored()).toBeUndefined();
    expect(await world.store.get(sessions, 'with')).toBeUndefined();
    expect(await world.store.get(sessions, 'without')).toBeDefined();
    expect((await fresh().audited()).map(({ type }) => type)).toContain('temporary_pass.withdrawn');
    expect(await planWithdrawPass(world, [], actor, 'account-1')).toBeUndefined();
  });
});
