/**
 * Which master key is in force, as all nodes read it in the store, and how far a change of it has come. Without a record
 * the key has never changed, and what lies in the ring names it.
 */
import type { Instant } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import { type Collection, insert, replace, type Store, type Stored, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { MasterKeys } from './master-keys.ts';
import { readKeys } from './ring.ts';
import { keyIdOf } from './seal.ts';

export interface MasterKeyUse {
  readonly id: typeof useId;
  /** Under it everything is sealed from now on. */
  readonly inForce: string;
  readonly since: Instant;
  /** Made, and on its way to all nodes; nothing is sealed under it yet. */
  readonly next?: string;
  /** It was in force before, and something may still be sealed under it. */
  readonly leaving?: string;
  /** Nothing in the store needs these; backups of their time do. */
  readonly retired: readonly string[];
}

const useId = 'master';
export const masterKeyUses: Collection<MasterKeyUse> = { name: 'masterKeyUse', indexes: [] };

/** Undefined in a store that no installation has worked with. */
export async function readUse(store: Store): Promise<MasterKeyUse | Stored<MasterKeyUse> | undefined> {
  const record = await store.get(masterKeyUses, useId);
  if (record) return record;
  const first = (await readKeys(store)).find(({ sealed }) => sealed !== '');
  return first && { id: useId, inForce: keyIdOf(first.sealed), since: first.createdAt, retired: [] };
}

/** Fails where somebody else was first. */
export const useWrite = (before: MasterKeyUse | Stored<MasterKeyUse>, after: MasterKeyUse): Write =>
  'version' in before ? replace(masterKeyUses, { ...after, version: before.version }) : insert(masterKeyUses, after);

/**
 * Seals from now on as the store says.
 * @throws DomainError `key.unreadable` when the key in force is not in the folder of this node. What it sealed before goes on
 *   being opened; a process that starts must not go on.
 */
export async function followUse({ store, clock }: Pick<World, 'store' | 'clock'>, keys: MasterKeys): Promise<void> {
  const use = await readUse(store);
  const isHere = use === undefined || keys.sealUnder(use.inForce);
  keys.reread(clock.now());
  if (isHere) return;
  throw new DomainError('key.unreadable', { keyId: use.inForce, lackingIn: keys.directory.path });
}
