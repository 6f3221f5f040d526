/** Enters the demo's people and connections into an empty store, through core, with the states they are to show. */
import { type Actor, auditWrite } from '../core/audit/event.ts';
import { type Connection, connections } from '../core/connections/connection.ts';
import { type PasswordKeeping, setPassword } from '../core/credentials/set-password.ts';
import { accounts } from '../core/people/account.ts';
import { planRegister } from '../core/people/register.ts';
import { suspendAccount } from '../core/people/suspend.ts';
import type { World } from '../core/world.ts';
import { insert, replace } from '../store/port.ts';
import type { DemoPerson } from './people.ts';

const actor: Actor = { kind: 'operator', id: 'demo' };

export interface Entering {
  readonly people: readonly DemoPerson[];
  readonly connections: readonly Connection[];
  readonly termsVersion: string | undefined;
}

export async function enterDemo(world: World, keeping: PasswordKeeping, entering: Entering): Promise<void> {
  const services = entering.connections.flatMap((connection) => [
    insert(connections, connection),
    auditWrite(world, actor, { type: 'connection.imported' as const, connectionId: connection.id }),
  ]);
  await world.store.commit(services);
  await Promise.all(entering.people.map((person) => enterPerson(world, keeping, person, entering.termsVersion)));
}

async function enterPerson(
  world: World,
  keeping: PasswordKeeping,
  { entry, password, state, hasAcceptedTerms }: DemoPerson,
  termsVersion: string | undefined,
): Promise<void> {
  const plan = await planRegister(world, actor, entry);
  if (plan.kind === 'conflict') throw new Error('the demo was entered before');
  await world.store.commit(plan.writes);
  for (const { id } of plan.accounts) {
    const account = await world.store.get(accounts, id);
    if (!account || password === undefined) continue;
    const change = { account, person: plan.person, password, by: 'operator' as const };
    const outcome = await setPassword(world, keeping, actor, change);
    if (outcome.kind === 'refused') throw new Error(`the demo's password is refused: ${outcome.problems.join(', ')}`);
    await settle(world, keeping, id, state, hasAcceptedTerms ? termsVersion : undefined);
  }
}

async function settle(
  world: World,
  keeping: PasswordKeeping,
  accountId: string,
  state: DemoPerson['state'],
  termsVersion: string | undefined,
): Promise<void> {
  const active = await world.store.get(accounts, accountId);
  if (active && termsVersion !== undefined) {
    const acceptedTerms = { version: termsVersion, at: world.clock.now() };
    await world.store.commit([replace(accounts, { ...active, acceptedTerms })]);
  }
  const account = await world.store.get(accounts, accountId);
  if (account && state === 'suspended') {
    await suspendAccount(world, keeping, actor, account, 'shown in the demonstration');
  }
}
