import { beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import {
  planEndAllTrust,
  planEndTrust,
  planTrust,
  trustByToken,
  trustedBrowsers,
  trustedBrowsersOf,
} from '../../../src/core/credentials/trusted-browser.ts';
import { freshWorld } from '../fresh-world.ts';

const actor = { kind: 'person', id: 'account-1', address: '192.0.2.1' } as const;
const device = { userAgent: 'Firefox', address: '192.0.2.1' };

describe('a trusted browser', () => {
  const fresh = freshWorld();
  let token: string;
  const trust = async (accountId = 'account-1') => {
    const plan = planTrust(fresh().world, actor, { accountId, device }, days(7));
    await fresh().world.store.commit(plan.writes);
    return plan.token;
  };
  const found = (accountId = 'account-1', shown = token) => trustByToken(fresh().world.store, accountId, shown);
  beforeEach(async () => {
    token = await trust();
  });

  it('is found by its token, for its account and for no other', async () => {
    expect(await found()).toMatchObject({ accountId: 'account-1', device });
    expect(await found('account-2')).toBeUndefined();
    expect(await found('account-1', 'x'.repeat(43))).toBeUndefined();
  });

  it('carries 256 bits that lie nowhere in the store', async () => {
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { records } = await fresh().world.store.find(trustedBrowsers, { index: 'byAccount', equals: ['account-1'] });
    expect(JSON.stringify([records, await fresh().audited()])).not.toContain(token);
  });

  it('is trusted until its time is over, and no longer', async () => {
    fresh().clock.advance(days(7) - 1);
    expect(await found()).toBeDefined();
    fresh().clock.advance(1);
    expect(await found()).toBeUndefined();
  });

  it('ends alone, or with all of its account, and the audit names each', async () => {
    const { world } = fresh();
    const others = [await trust(), await trust()];
    const stranger = await trust('account-2');
    const [first] = await trustedBrowsersOf(world.store, 'account-1');
    if (!first) throw new Error('nothing is trusted');
    await world.store.commit(planEndTrust(world, actor, first, 'ended'));
    expect(await trustedBrowsersOf(world.store, 'account-1')).toHaveLength(2);
    await world.store.commit(await planEndAllTrust(world, actor, 'account-1', 'password_changed'));
    for (const one of [token, ...others]) expect(await found('account-1', one)).toBeUndefined();
    expect(await found('account-2', stranger)).toBeDefined();
    const ended = (await fresh().audited()).filter(({ type }) => type === 'trusted_browser.ended');
    expect(ended.map((facts) => 'cause' in facts && facts.cause).sort()).toEqual([
      'ended',
      'password_changed',
      'password_changed',
    ]);
  });
});
