/** Suspension ends the account's sessions in the same commit; unlocking lifts it and forgives the failed tries. */
import { DomainError } from '../../base/errors.ts';
import { replace, type Stored } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
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

/** Lifts a suspension, if there is one, and forgets failed tries of every kind in any case. */
export async function unlockAccount(
  world: World,
  { throttle, keyThrottle, factorThrottles }: Throttles,
  actor: Actor,
  account: Stored<Account>,
): Promise<void> {
  const { suspendedAt: _at, suspensionReason: _reason, suspensionCause: _cause, ...rest } = account;
  await world.store.commit([
    ...(account.state === 'suspended' ? [replace(accounts, { ...rest, state: 'active' as const })] : []),
    ...[throttle, keyThrottle].flatMap((named) => named.clear(account.loginName)),
    ...Object.values(factorThrottles).flatMap((factor) => factor.clear(account.id)),
    auditWrite(world, actor, { type: 'account.unlocked', accountId: account.id }),
  ]);
}
