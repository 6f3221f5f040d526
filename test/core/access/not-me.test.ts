import { beforeEach, describe, expect, it } from '@jest/globals';
import { days, hours } from '../../../src/base/duration.ts';
import { lookAtNotMe, reportNotMe } from '../../../src/core/access/not-me.ts';
import { type Actor, auditEvents } from '../../../src/core/audit/event.ts';
import { activationKeys } from '../../../src/core/credentials/activation/activation-key.ts';
import { planActivationKey } from '../../../src/core/credentials/activation/issue-activation-key.ts';
import { passwordOf } from '../../../src/core/credentials/credential.ts';
import { setPassword } from '../../../src/core/credentials/set-password.ts';
import { planTemporaryPass, temporaryPassOf } from '../../../src/core/credentials/temporary-pass.ts';
import { planTrust, trustedBrowsersOf } from '../../../src/core/credentials/trusted-browser.ts';
import { planAccountMail } from '../../../src/core/notices/account-mail.ts';
import { type Account, accounts } from '../../../src/core/people/account.ts';
import type { Person } from '../../../src/core/people/person.ts';
import { planRegister } from '../../../src/core/people/register.ts';
import { suspendAccount, unlockAccount } from '../../../src/core/people/suspend.ts';
import { planStart, sessionByToken } from '../../../src/core/sessions/keep.ts';
import { replace, type Stored } from '../../../src/store/port.ts';
import { goodPassword } from '../../support/sekisho.ts';
import { freshGround } from '../fresh-ground.ts';
import { lastNotMeToken, owedMails } from '../notices/owed-mails.ts';

const ground = freshGround();
const operator: Actor = { kind: 'operator', id: 'tester' };
const holder: Actor = { kind: 'person', address: '198.51.100.7' };
const device = { address: '192.0.2.1', userAgent: 'a browser' };
let id: string;
let person: Person;

const stored = async (): Promise<Stored<Account>> => {
  const account = await ground().world.store.get(accounts, id);
  if (!account) throw new Error('the account is gone');
  return account;
};

async function warn(): Promise<string> {
  const { world, masterKey } = ground();
  const account = await stored();
  // Each at an instant of its own: the last one is then the last.
  ground().clock.advance(1);
  await world.store.commit(
    await planAccountMail(world, masterKey, { account, person }, { type: 'factor_added', factor: 'totp' }),
  );
  return lastNotMeToken(world.store, masterKey);
}

const report = (token: string) => reportNotMe(ground().world, ground(), holder, token);
const look = (token: string) => lookAtNotMe(ground().world, token);
const expired = { code: 'not_me.link_expired' };
const unlock = async () => unlockAccount(ground().world, ground(), operator, await stored());

beforeEach(async () => {
  const { world, passwordKeeping } = ground();
  const plan = await planRegister(world, operator, {
    nameEn: { family: 'Kyoto', given: 'Hanako' },
    affiliations: [],
    accounts: [{ kind: 'ecs', loginName: 'a0123456', universityMail: 'a0123456@st.kyoto-u.ac.jp' }],
  });
  if (plan.kind === 'conflict') throw new Error('the store is not new');
  await world.store.commit(plan.writes);
  id = plan.accounts[0]?.id ?? '';
  person = plan.person;
  const change = { account: await stored(), person, password: goodPassword, by: 'operator' as const };
  await setPassword(world, passwordKeeping, operator, change);
});

describe('lookAtNotMe', () => {
  it('changes nothing, however often it looks', async () => {
    const token = await warn();
    const before = await ground().auditTypes();
    for (let times = 0; times < 3; times += 1) expect(await look(token)).toMatchObject({ kind: 'open' });
    expect(await stored()).toMatchObject({ state: 'active' });
    expect(await ground().auditTypes()).toEqual(before);
  });

  it('refuses a token that is nobody’s', async () => {
    await expect(look('x'.repeat(43))).rejects.toMatchObject(expired);
  });

  it('refuses a link after seven days', async () => {
    const token = await warn();
    ground().clock.advance(days(7) - 1);
    expect(await look(token)).toMatchObject({ kind: 'open' });
    ground().clock.advance(1);
    await expect(look(token)).rejects.toMatchObject(expired);
    await expect(report(token)).rejects.toMatchObject(expired);
  });
});

describe('reportNotMe', () => {
  it('ends sessions, trusted browsers and the temporary pass, and stops the account, in one commit', async () => {
    const { world, config, codeDigest } = ground();
    const session = planStart(world, config.session, await stored(), [], device);
    const trust = planTrust(world, operator, { accountId: id, device }, days(7));
    const giving = { account: await stored(), seenBy: 'desk', expiresAt: world.clock.now() + hours(1) };
    const pass = await planTemporaryPass(world, codeDigest, operator, giving);
    await world.store.commit([session.write, ...trust.writes, ...pass.writes]);
    await report(await warn());
    expect(await sessionByToken(world, session.token)).toBeUndefined();
    expect(await trustedBrowsersOf(world.store, id)).toEqual([]);
    expect(await temporaryPassOf(world.store, id)).toBeUndefined();
    expect(await stored()).toMatchObject({ state: 'suspended', suspensionCause: 'not_me' });
    const { records } = await world.store.find(auditEvents, { index: 'byType', equals: ['account.locked'] });
    expect(records).toMatchObject([
      { actor: holder, facts: { accountId: id, cause: 'not_me', warning: 'factor_added' } },
    ]);
    expect(await ground().auditTypes()).toEqual(expect.arrayContaining(['session.ended', 'trusted_browser.ended']));
  });

  it('is done once: a second press, another link and twenty at once find it done', async () => {
    const [first, other] = [await warn(), await warn()];
    await Promise.all(Array.from({ length: 20 }, () => report(first)));
    await report(first);
    await report(other);
    expect(await look(first)).toMatchObject({ kind: 'done' });
    expect(await look(other)).toMatchObject({ kind: 'done' });
    const { world, masterKey } = ground();
    expect((await ground().auditTypes()).filter((type) => type === 'account.locked')).toHaveLength(1);
    const told = (await owedMails(world.store, masterKey)).filter(({ mail }) => mail.type === 'account_locked');
    expect(told).toHaveLength(1);
  });

  it('is lifted by an unlock, after which the used link is worth nothing', async () => {
    const token = await warn();
    await report(token);
    await unlock();
    const account = await stored();
    expect(account.state).toBe('active');
    expect(account).not.toHaveProperty('suspensionCause');
    await expect(look(token)).rejects.toMatchObject(expired);
    await expect(report(token)).rejects.toMatchObject(expired);
  });

  it('takes the password and the key from before with the unlock, and tells of the next password', async () => {
    const { world, codeDigest, masterKey, passwordKeeping } = ground();
    const expiresAt = world.clock.now() + days(31);
    const issue = async () => {
      const plan = await planActivationKey(world, codeDigest, operator, {
        account: await stored(),
        handed: 'post',
        expiresAt,
      });
      await world.store.commit(plan.writes);
    };
    await issue();
    await report(await warn());
    // Until then the right password is told why nobody gets in.
    expect(await passwordOf(world.store, id)).toBeDefined();
    expect(await unlock()).toEqual({ isPasswordGone: true });
    expect(await passwordOf(world.store, id)).toBeUndefined();
    expect(await world.store.get(activationKeys, id)).toBeUndefined();
    const change = { account: await stored(), person, password: goodPassword, by: 'key' as const };
    await setPassword(world, passwordKeeping, operator, change);
    const told = (await owedMails(world.store, masterKey)).map(({ mail }) => mail.type);
    expect(told).toContain('password_changed');
  });

  it('leaves what a desk gave between the stop and the unlock', async () => {
    const { world, codeDigest, passwordKeeping } = ground();
    await report(await warn());
    ground().clock.advance(1);
    const expiresAt = world.clock.now() + days(31);
    const account = await stored();
    await setPassword(world, passwordKeeping, operator, { account, person, password: goodPassword, by: 'operator' });
    const plan = await planActivationKey(world, codeDigest, operator, { account, handed: 'in-person', expiresAt });
    await world.store.commit(plan.writes);
    expect(await unlock()).toEqual({ isPasswordGone: false });
    expect(await passwordOf(world.store, id)).toBeDefined();
    expect(await world.store.get(activationKeys, id)).toBeDefined();
  });

  it('leaves the password where the university had suspended the account and nobody said "not me"', async () => {
    const { world } = ground();
    await suspendAccount(world, ground(), operator, await stored(), 'lost telephone');
    expect(await unlock()).toEqual({ isPasswordGone: false });
    expect(await passwordOf(world.store, id)).toBeDefined();
  });

  it('leaves the reason of a suspension that was there before', async () => {
    const token = await warn();
    await suspendAccount(ground().world, ground(), operator, await stored(), 'lost telephone');
    await report(token);
    expect(await stored()).toMatchObject({ suspensionReason: 'lost telephone', suspensionCause: 'not_me' });
  });

  it('does not bring an account back that has ended', async () => {
    const token = await warn();
    await ground().world.store.commit([replace(accounts, { ...(await stored()), state: 'closed' })]);
    await report(token);
    expect(await stored()).toMatchObject({ state: 'closed' });
    expect(await look(token)).toMatchObject({ kind: 'done' });
  });
});
