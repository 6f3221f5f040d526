/** Enters the demo's people and connections into an empty store, through core, with the states they are to show. */
import { days } from '../base/duration.ts';
import { type Actor, auditWrite } from '../core/audit/event.ts';
import { type Connection, connections } from '../core/connections/connection.ts';
import { planActivationKey } from '../core/credentials/activation/issue-activation-key.ts';
import type { CodeDigest } from '../core/credentials/code-digest.ts';
import { credentials } from '../core/credentials/credential.ts';
import { type PasswordKeeping, setPassword } from '../core/credentials/set-password.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { accountByLoginName, accounts } from '../core/people/account.ts';
import { planRegister } from '../core/people/register.ts';
import { suspendAccount } from '../core/people/suspend.ts';
import type { World } from '../core/world.ts';
import { insert, replace } from '../store/port.ts';
import { demoApp } from './app.ts';
import type { DemoPerson } from './people.ts';

const actor: Actor = { kind: 'operator', id: 'demo' };

const keyLifetime = days(31);

export interface Entering {
  readonly people: readonly DemoPerson[];
  readonly connections: readonly Connection[];
  readonly termsVersion: string | undefined;
  /** For the activation keys. */
  readonly codeDigest: CodeDigest;
  /** For the secrets of authenticator apps. */
  readonly masterKey: MasterKey;
}

/** What only the entering knows, for the table at start. */
export interface Entered {
  /** By login name, as printed on paper. */
  readonly activationKeys: ReadonlyMap<string, string>;
  /** By login name, in base32: what an authenticator app is told. */
  readonly appKeys: ReadonlyMap<string, string>;
}

export async function enterDemo(world: World, keeping: PasswordKeeping, entering: Entering): Promise<Entered> {
  const services = entering.connections.flatMap((connection) => [
    insert(connections, connection),
    auditWrite(world, actor, { type: 'connection.imported' as const, connectionId: connection.id }),
  ]);
  await world.store.commit(services);
  await Promise.all(entering.people.map((person) => enterPerson(world, keeping, person, entering.termsVersion)));
  return { activationKeys: await issueKeys(world, entering), appKeys: await addApps(world, entering) };
}

async function issueKeys(
  world: World,
  { people: demoPeople, codeDigest }: Entering,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const { entry, keyHanded: handed } of demoPeople) {
    for (const { loginName } of handed ? entry.accounts : []) {
      const account = await accountByLoginName(world.store, loginName);
      if (!account || !handed) continue;
      const issue = { account, handed, expiresAt: world.clock.now() + keyLifetime };
      const { key, writes } = await planActivationKey(world, codeDigest, actor, issue);
      await world.store.commit(writes);
      keys.set(loginName, key);
    }
  }
  return keys;
}

async function addApps(
  world: World,
  { people: demoPeople, masterKey }: Entering,
): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const { loginName } of demoPeople.flatMap(({ entry, hasApp }) => (hasApp ? entry.accounts : []))) {
    const account = await accountByLoginName(world.store, loginName);
    if (!account) continue;
    const app = demoApp(world, masterKey, account.id);
    const { accountId, kind } = app.factor;
    await world.store.commit([
      insert(credentials, app.factor),
      auditWrite(world, actor, { type: 'factor.added', accountId, kind }),
    ]);
    keys.set(loginName, app.key);
  }
  return keys;
}

async function enterPerson(
  world: World,
  keeping: PasswordKeeping,
  { entry, password, state, hasAcceptedTerms, isNew = false }: DemoPerson,
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
    if (isNew) await noteActivation(world, id);
    await settle(world, keeping, id, state, hasAcceptedTerms ? termsVersion : undefined);
  }
}

async function noteActivation({ store, clock }: World, accountId: string): Promise<void> {
  const account = await store.get(accounts, accountId);
  const activation = { handed: 'in-person', at: clock.now() } as const;
  if (account) await store.commit([replace(accounts, { ...account, activation })]);
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
