/** The connections as a whole, and the acts on one of them. A suspended one stops at the next request, everywhere. */
import { DomainError } from '../../base/errors.ts';
import { findOne, replace, type Stored } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type Connection, connections, isSaml, type SamlConnection } from './connection.ts';
import { planRotation, usesSecret } from './secret-slots.ts';

/** By id, so that two exports of the same connections can be compared line by line. */
export async function allConnections({ store }: Pick<World, 'store'>): Promise<readonly Stored<Connection>[]> {
  const found: Stored<Connection>[] = [];
  let after: string | undefined;
  do {
    const page = await store.find(connections, { index: 'byState', limit: 1000, ...(after ? { after } : {}) });
    found.push(...page.records);
    after = page.next;
  } while (after);
  return found.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** @throws DomainError `connection.not_found`. */
export async function connectionById({ store }: World, id: string): Promise<Stored<Connection>> {
  const connection = await store.get(connections, id);
  if (!connection) throw new DomainError('connection.not_found', { connection: id });
  return connection;
}

/** The service that calls itself so in SAML, suspended or not; undefined where none does. */
export async function connectionByEntityId(
  { store }: Pick<World, 'store'>,
  entityId: string,
): Promise<Stored<SamlConnection> | undefined> {
  const found = await findOne(store, connections, 'byEntityId', entityId);
  return found && isSaml(found) ? found : undefined;
}

/** @throws DomainError `connection.not_found`; `connection.suspended` when it is already. */
export async function suspendConnection(world: World, actor: Actor, id: string, reason: string): Promise<void> {
  const connection = await connectionById(world, id);
  if (connection.state === 'suspended') throw new DomainError('connection.suspended', { connection: id });
  const changedAt = world.clock.now();
  await world.store.commit([
    replace(connections, { ...connection, state: 'suspended', suspensionReason: reason, changedAt }),
    auditWrite(world, actor, { type: 'connection.suspended', connectionId: id, reason }),
  ]);
}

/** `unchanged` when it was not suspended. @throws DomainError `connection.not_found`. */
export async function resumeConnection(world: World, actor: Actor, id: string): Promise<'resumed' | 'unchanged'> {
  const connection = await connectionById(world, id);
  if (connection.state === 'active') return 'unchanged';
  const { suspensionReason: _lifted, ...rest } = connection;
  await world.store.commit([
    replace(connections, { ...rest, state: 'active', changedAt: world.clock.now() }),
    auditWrite(world, actor, { type: 'connection.resumed', connectionId: id }),
  ]);
  return 'resumed';
}

/**
 * Answers the new secret, to be shown once. The old one stays good for `overlap` milliseconds.
 * @throws DomainError `connection.not_found`; `input.invalid` when the connection does not authenticate with a secret.
 */
export async function rotateSecret(world: World, actor: Actor, id: string, overlap: number): Promise<string> {
  const connection = await connectionById(world, id);
  const { oidc } = connection;
  if (!oidc || !usesSecret(oidc)) {
    throw new DomainError('input.invalid', { connection: id, authentication: oidc?.authentication ?? 'saml' });
  }
  const { slots, secret } = planRotation(world, oidc.secrets, overlap);
  await world.store.commit([
    replace(connections, { ...connection, oidc: { ...oidc, secrets: slots }, changedAt: world.clock.now() }),
    auditWrite(world, actor, { type: 'connection.secret_rotated', connectionId: id }),
  ]);
  return secret;
}
