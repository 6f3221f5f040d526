import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../../src/core/audit/event.ts';
import { setPassword } from '../../../src/core/credentials/set-password.ts';
import { type Account, accounts } from '../../../src/core/people/account.ts';
import { planRegister } from '../../../src/core/people/register.ts';
import { suspendAccount, unlockAccount } from '../../../src/core/people/suspend.ts';
import { planStart } from '../../../src/core/sessions/keep.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import type { Stored } from '../../../src/store/port.ts';
import { goodPassword } from '../../support/sekisho.ts';
import { freshGround } from '../fresh-ground.ts';

const ground = freshGround();
const actor: Actor = { kind: 'operator', id: 'tester' };
let id: string;

async function stored(): Promise<Stored<Account>> {
  const account = await ground().world.store.get(accounts, id);
  if (!account) throw new Error('the account is gone');
  return account;
}

const suspend = async (account: Stored<Account>) =>
  suspendAccount(ground().world, ground(), actor, account, 'lost telephone');

const unlock = async (account: Stored<Account>) => unlockAccount(ground().world, ground(), actor, account);

beforeEach(async () => {
  const { world, passwordKeeping } = ground();
  const plan = await planRegister(world, actor, {
    nameEn: { family: 'Kyoto', given: 'Hanako' },
    affiliations: [],
    accounts: [{ kind: 'ecs', loginName: 'a0123456' }],
  });
  if (plan.kind === 'conflict') throw new Error('the store is not new');
  await world.store.commit(plan.writes);
  id = plan.accounts[0]?.id ?? '';
  await setPassword(world, passwordKeeping, actor, {
    account: await stored(),
    person: plan.person,
    password: goodPassword,
    by: 'operator',
  });
});

describe('suspendAccount', () => {
  it('ends the sessions of the account in the same commit', async () => {
    const { world, config } = ground();
    const device = { address: '192.0.2.1', userAgent: 'a browser' };
    const { session, write } = planStart(world, config.session, await stored(), [], device);
    await world.store.commit([write]);
    await suspend(await stored());
    expect(await world.store.get(sessions, session.id)).toBeUndefined();
    expect(await stored()).toMatchObject({ state: 'suspended', suspensionReason: 'lost telephone' });
    expect(await ground().auditTypes()).toEqual(expect.arrayContaining(['account.suspended', 'session.ended']));
  });

  it('refuses an account that is suspended already', async () => {
    await suspend(await stored());
    await expect(suspend(await stored())).rejects.toMatchObject({
      code: 'account.state',
      facts: { state: 'suspended', needed: 'active' },
    });
  });
});

describe('unlockAccount', () => {
  it('lifts a suspension and forgets its reason', async () => {
    await suspend(await stored());
    await unlock(await stored());
    const account = await stored();
    expect(account.state).toBe('active');
    expect(account).not.toHaveProperty('suspensionReason');
    expect(account).not.toHaveProperty('suspendedAt');
  });

  it('forgives failed tries of every kind, in every browser', async () => {
    const { throttle, keyThrottle, factorThrottles, config } = ground();
    const address = '192.0.2.1';
    const charges = [
      () => throttle.charge({ loginName: 'a0123456', address, knownBrowser: 'mark' }),
      () => keyThrottle.charge({ loginName: 'a0123456', address }),
      ...Object.values(factorThrottles).map((factor) => () => factor.charge({ loginName: id, address })),
    ];
    for (let tries = 0; tries <= config.login.throttle.account.free; tries += 1) {
      for (const charge of charges) await charge();
    }
    const kinds = async () => (await Promise.all(charges.map((charge) => charge()))).map(({ kind }) => kind);
    expect(new Set(await kinds())).toEqual(new Set(['throttled']));
    await unlock(await stored());
    expect(new Set(await kinds())).toEqual(new Set(['charged']));
  });

  it('forgives the failed tries that slow the owner down', async () => {
    const { throttle, config } = ground();
    const attempt = { loginName: 'a0123456', address: '192.0.2.1' };
    for (let tries = 0; tries <= config.login.throttle.account.free; tries += 1) await throttle.charge(attempt);
    expect(await throttle.charge(attempt)).toMatchObject({ kind: 'throttled' });
    await unlock(await stored());
    expect(await throttle.charge(attempt)).toEqual({ kind: 'charged' });
  });
});
