/** Takes a notice for sending, by compare-and-swap: of several senders one has it. A claim ends by itself. */
import { clockDifference } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type Notice, notices } from './notice.ts';

/** Milliseconds that a sender may take. */
export const longestSend = minutes(1);
/** A sender that is lost is replaced after this; longer than any living one takes, by the clock of whichever node looks. */
const claimLength = 2 * longestSend + clockDifference;

/** The claimed notice with its attempt counted, or undefined when another was first. */
export async function claimNotice(world: World, seen: Stored<Notice>): Promise<Stored<Notice> | undefined> {
  const { clock, ids, store } = world;
  const now = clock.now();
  const claim = ids.id();
  const isTaken = await wins(world, [
    replace(notices, {
      ...seen,
      state: 'sending',
      claim,
      dueAt: now + claimLength,
      attempts: seen.attempts + 1,
      lastTriedAt: now,
    }),
  ]);
  if (!isTaken) return undefined;
  const claimed = await store.get(notices, seen.id);
  return claimed?.claim === claim ? claimed : undefined;
}

/** Whether the commit came through; false when another was first. */
export async function wins({ store }: World, writes: readonly Write[]): Promise<boolean> {
  try {
    await store.commit(writes);
    return true;
  } catch (error) {
    if (isDomainError(error, 'store.conflict')) return false;
    throw error;
  }
}
