/**
 * The ring as this process knows it, brought up to date now and then: another node may have turned it. Whoever builds
 * something from keys asks `current` and compares the version.
 */
import type { World } from '../world.ts';
import { followUse } from './master-key-use.ts';
import type { MasterKeys } from './master-keys.ts';
import { type OpenedKey, readRing } from './ring.ts';

export interface RingEdition {
  /** Differs whenever a key came, went or changed its state. */
  readonly version: string;
  readonly keys: readonly OpenedKey[];
}

export interface LiveRing {
  current(): RingEdition;
  /** Reads the store again, and follows the master key; what was current stays so when that fails. */
  refresh(): Promise<RingEdition>;
}

export function liveRing(world: World, masterKey: MasterKeys, first: readonly OpenedKey[]): LiveRing {
  let edition = editionOf(first);
  return {
    current: () => edition,
    async refresh() {
      const read = editionOf(await readRing(world, masterKey));
      if (read.version !== edition.version) edition = read;
      await followUse(world, masterKey);
      return edition;
    },
  };
}

function editionOf(keys: readonly OpenedKey[]): RingEdition {
  const version = keys
    .map(({ id, state }) => `${id}=${state}`)
    .sort()
    .join(' ');
  return { version, keys };
}
