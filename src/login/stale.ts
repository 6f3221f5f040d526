/** What became of a login while it was being answered: somebody else wrote first. */
import { DomainError, isDomainError } from '../base/errors.ts';
import type { World } from '../core/world.ts';
import type { Stored, Write } from '../store/port.ts';
import { type Attempt, attempts } from './attempt.ts';

/** @throws DomainError `attempt.stale` where another tab or a second click was first; the page shows where it now stands. */
export async function commitOrStale({ store }: World, writes: readonly Write[]): Promise<void> {
  try {
    await store.commit(writes);
  } catch (error) {
    if (isDomainError(error, 'store.conflict') || isDomainError(error, 'store.duplicate')) {
      throw new DomainError('attempt.stale', {}, error);
    }
    throw error;
  }
}

/**
 * Whether the attempt stands as it was read, so that it was something else that moved: the same password was used in
 * another login at this moment, say.
 */
export async function isUnmoved({ store }: World, { id, version }: Stored<Attempt>): Promise<boolean> {
  return (await store.get(attempts, id))?.version === version;
}
