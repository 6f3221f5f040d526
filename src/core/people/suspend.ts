/** Suspension ends the account's sessions in the same commit; unlocking lifts it and forgives the failed tries. */
import { DomainError } from '../../base/errors.ts';
import { replace, type Stored } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { Throttle } from '../credentials/throttle.ts';
import { planEndAll } from '../sessions/end.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { type Account, accounts } from './account.ts';

/** @throws DomainError `account.state` unless the account is active. */
export async function suspendAccount(
  world: World,
  derived: readonly DerivedSessions[],
  actor: Actor,
  account: Stored<Account>,
  reason: string,
): Promise<void> {
  if (account.state !== 'active') throw new DomainError('account.state', { state: account.state, needed: 'active' });
  const now = world.clock.now();
  await world.store.commit([
    replace(accounts, { ...account, state: 'suspended', suspendedAt: now, suspensionReason: reason }),
    ...(await planEndAll(world, derived, actor, account.id, 'suspended')),
    auditWrite(world, actor, { type: 'account.suspended', accountId: account.id, reason }),
  ]);
}

/** Lifts a suspension, if there is one, and clears the throttle in any case. */
export async function unlockAccount(
  world: World,
  throttle: Throttle,
  actor: Actor,
  account: Stored<Account>,
): Promise<void> {
  const { suspendedAt: _at, suspensionReason: _reason, ...rest } = account;
  await world.store.commit([
    ...(account.state === 'suspended' ? [replace(accounts, { ...rest, state: 'active' as const })] : []),
    ...throttle.clear(account.loginName),
    auditWrite(world, actor, { type: 'account.unlocked', accountId: account.id }),
  ]);
}
