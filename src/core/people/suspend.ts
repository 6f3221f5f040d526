/**
 * Suspension ends the account's sessions in the same commit; unlocking lifts it and forgives the failed tries. What
 * somebody else may have known when the owner stopped the account ("this was not me") does not open it again.
 */
import { DomainError } from '../../base/errors.ts';
import { remove, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import { activationKeys } from '../credentials/activation/activation-key.ts';
import { credentials, passwordOf } from '../credentials/credential.ts';
import type { FactorThrottles, Throttle } from '../credentials/throttle.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import { commitEndingAll, planEndAll } from '../sessions/end.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { type Account, accounts } from './account.ts';
import { people } from './person.ts';

export interface SuspensionKeeping {
  readonly derivedSessions: readonly DerivedSessions[];
  readonly masterKey: MasterKey;
}

/** @throws DomainError `account.state` unless the account is active. */
export async function suspendAccount(
  world: World,
  keeping: SuspensionKeeping,
  actor: Actor,
  account: Stored<Account>,
  reason: string,
): Promise<void> {
  if (account.state !== 'active') throw new DomainError('account.state', { state: account.state, needed: 'active' });
  const now = world.clock.now();
  const person = await world.store.get(people, account.personId);
  const news = { type: 'account_suspended' as const };
  const mail = person ? await planAccountMail(world, keeping.masterKey, { account, person }, news) : [];
  const endAll = () => planEndAll(world, keeping.derivedSessions, actor, account.id, 'suspended');
  await commitEndingAll(world, endAll, [
    replace(accounts, { ...account, state: 'suspended', suspendedAt: now, suspensionReason: reason }),
    ...mail,
    auditWrite(world, actor, { type: 'account.suspended', accountId: account.id, reason }),
  ]);
}

/** What counts failed tries: at passwords, at activation keys, and at the codes of every second factor. */
export interface Throttles {
  readonly throttle: Throttle;
  readonly keyThrottle: Throttle;
  readonly factorThrottles: FactorThrottles;
}

export interface Unlocked {
  /** The way in is a new activation key. */
  readonly isPasswordGone: boolean;
}

/** Lifts a suspension, if there is one, and forgets failed tries of every kind in any case. */
export async function unlockAccount(
  world: World,
  { throttle, keyThrottle, factorThrottles }: Throttles,
  actor: Actor,
  account: Stored<Account>,
): Promise<Unlocked> {
  const { id: accountId, loginName } = account;
  const { suspendedAt: _at, suspensionReason: _reason, suspensionCause: _cause, ...rest } = account;
  const { isPasswordGone, writes } = await planForgetKnown(world, account);
  await world.store.commit([
    ...(account.state === 'suspended' ? [replace(accounts, { ...rest, state: 'active' as const })] : []),
    ...writes,
    ...[throttle, keyThrottle].flatMap((named) => named.clear(loginName)),
    ...Object.values(factorThrottles).flatMap((factor) => factor.clear(accountId)),
    auditWrite(world, actor, {
      type: 'account.unlocked',
      accountId,
      ...(isPasswordGone ? { isPasswordGone } : {}),
    }),
  ]);
  return { isPasswordGone };
}

/**
 * The password, and a key on paper, from before the owner stopped the account: whoever stole them would be in again at the
 * moment of the unlock. What a desk gave since then stays. The password stays until here, because only who gives the right
 * one is told why nobody gets in. No version is named, since a login that is refused notes its use; a new password writes
 * the account, as this does, so that one of the two fails.
 */
async function planForgetKnown({ store }: World, account: Account): Promise<Unlocked & { writes: readonly Write[] }> {
  const { id, state, suspensionCause, suspendedAt = 0 } = account;
  if (state !== 'suspended' || suspensionCause !== 'not_me') return { isPasswordGone: false, writes: [] };
  const [password, key] = await Promise.all([passwordOf(store, id), store.get(activationKeys, id)]);
  const isPasswordGone = password !== undefined && password.setAt <= suspendedAt;
  return {
    isPasswordGone,
    writes: [
      ...(isPasswordGone ? [remove(credentials, password.id)] : []),
      ...(key && key.issuedAt < suspendedAt ? [remove(activationKeys, key.id)] : []),
    ],
  };
}
