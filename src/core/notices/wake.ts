/** A queue goes on when the one in front is settled. */
import { findOne } from '../../store/port.ts';
import type { World } from '../world.ts';
import { wins } from './claim.ts';
import { notices } from './notice.ts';
import { planDue } from './settle.ts';

/** Whoever waited for this one is due now, and not at the time to which it was put off. */
export async function wakeNext(world: World, queue: string | undefined): Promise<void> {
  if (queue === undefined) return;
  const next = await findOne(world.store, notices, 'byQueue', queue);
  const now = world.clock.now();
  if (next?.state === 'due' && (next.dueAt ?? now) > now) await wins(world, [planDue(next, now)]);
}
