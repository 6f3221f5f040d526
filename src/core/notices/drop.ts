/** An operator gives a notice up: it is not sent, its content is erased, and those that waited behind it go on. */
import type { Actor } from '../audit/event.ts';
import type { World } from '../world.ts';
import { wins } from './claim.ts';
import { notices } from './notice.ts';
import { planDropped } from './settle.ts';
import { wakeNext } from './wake.ts';

export type DropOutcome =
  | { readonly kind: 'dropped' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'refused'; readonly reason: 'sending' | 'settled' };

/** `reason` is the operator's, for whoever asks later why it never came. */
export async function dropNotice(world: World, actor: Actor, id: string, reason: string): Promise<DropOutcome> {
  const notice = await world.store.get(notices, id);
  if (notice === undefined) return { kind: 'not_found' };
  // What is under way may be accepted at this moment: "dropped" would then be untrue. A lost sender's claim ends soon.
  if (notice.state === 'sending') return { kind: 'refused', reason: 'sending' };
  if (notice.state !== 'due' && notice.state !== 'dead') return { kind: 'refused', reason: 'settled' };
  if (!(await wins(world, planDropped(world, actor, notice, { cause: 'operator', reason })))) {
    return { kind: 'refused', reason: 'sending' };
  }
  await wakeNext(world, notice.queue);
  return { kind: 'dropped' };
}
