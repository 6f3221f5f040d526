/** What became of a login while it was being answered: somebody else wrote first. */
import { DomainError, isDomainError } from '../base/errors.ts';
import type { World } from '../core/world.ts';
import type { Stored, Write } from '../store/port.ts';
import { type Attempt, attempts } from './attempt.ts';
import { password } from './steps/password.ts';

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
 * another login at this moment, say. Or the same password was first and has ended it (session-again.ts).
 */
export async function canBeTakenAnew(
  { store }: World,
  { id, version }: Stored<Attempt>,
  step: string,
): Promise<boolean> {
  const now = await store.get(attempts, id);
  return now?.version === version || (step === password.name && now?.outcome !== undefined);
}
