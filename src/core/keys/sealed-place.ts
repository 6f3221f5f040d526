/**
 * A collection whose records carry something sealed under the master key, so that a change of the key reaches it. Whoever
 * seals something for the store declares such a place beside it, and ground.ts lists it.
 */
import { isDomainError } from '../../base/errors.ts';
import { type Collection, replace, type Store, type Stored, type StoredRecord } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { MasterKey } from './master-key.ts';
import { keyIdOf } from './seal.ts';

export interface SealedPlace {
  /** For people and programs, in the plural. */
  readonly name: 'keys' | 'notices' | 'factors';
  /** How many lie under that key. */
  countUnder(store: Store, keyId: string): Promise<number>;
  /**
   * Seals again, under the key in force, what lies under another, in bounded batches. Each record by itself, by
   * compare-and-swap: what somebody else changes meanwhile is passed over, and is there the next time.
   */
  reseal(world: World, masterKey: MasterKey, tell?: (count: number) => void): Promise<Resealed>;
}

export interface Resealed {
  readonly done: number;
  /** Their key is not at hand: nobody can open them. */
  readonly unreadable: number;
}

export interface SealedKind<T extends StoredRecord> {
  readonly name: SealedPlace['name'];
  readonly collection: Collection<T>;
  /** All that may carry something, in pages. */
  pages(store: Store): AsyncIterable<readonly Stored<T>[]>;
  /** Undefined when this one carries nothing. */
  sealedOf(record: T): string | undefined;
  /** Whether somebody is at work on it who must not find it changed. */
  isHeld(record: T, world: World): boolean;
  /** @throws DomainError `key.unreadable` */
  sealedAgain(record: Stored<T>, masterKey: MasterKey, world: World): Stored<T>;
}

export function sealedPlace<T extends StoredRecord>(kind: SealedKind<T>): SealedPlace {
  const keyOf = (record: T): string | undefined => {
    const sealed = kind.sealedOf(record);
    return sealed === undefined ? undefined : keyIdOf(sealed);
  };
  async function resealOne(world: World, masterKey: MasterKey, record: Stored<T>): Promise<keyof Resealed | 'moved'> {
    try {
      await world.store.commit([replace(kind.collection, kind.sealedAgain(record, masterKey, world))]);
      return 'done';
    } catch (error) {
      if (isDomainError(error, 'key.unreadable')) return 'unreadable';
      if (isDomainError(error, 'store.conflict')) return 'moved';
      throw error;
    }
  }
  return {
    name: kind.name,
    async countUnder(store, keyId) {
      let count = 0;
      for await (const page of kind.pages(store)) count += page.filter((record) => keyOf(record) === keyId).length;
      return count;
    },
    async reseal(world, masterKey, tell = () => {}) {
      const ends: (keyof Resealed | 'moved')[] = [];
      const count = (end: keyof Resealed): number => ends.filter((one) => one === end).length;
      for await (const page of kind.pages(world.store)) {
        const due = page.filter((record) => {
          const keyId = keyOf(record);
          return keyId !== undefined && keyId !== masterKey.id && !kind.isHeld(record, world);
        });
        ends.push(...(await Promise.all(due.map((record) => resealOne(world, masterKey, record)))));
        tell(count('done'));
      }
      return { done: count('done'), unreadable: count('unreadable') };
    },
  };
}
