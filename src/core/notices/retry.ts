/** An operator has a notice sent now: one that is dead, or one that waits for its next attempt. */

import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { wins } from './claim.ts';
import { notices, queueOf } from './notice.ts';
import { namesOf, planDue } from './settle.ts';

export type RetryOutcome =
  | { readonly kind: 'due' }
  | { readonly kind: 'not_found' }
  /** It was sent or dropped, is being sent, or its content is gone with the secret that it carried. */
  | { readonly kind: 'refused'; readonly reason: 'sending' | 'settled' | 'erased' };

/** Its patience begins anew. */
export async function retryNotice(world: World, actor: Actor, id: string): Promise<RetryOutcome> {
  const notice = await world.store.get(notices, id);
  if (notice === undefined) return { kind: 'not_found' };
  if (notice.state === 'sending') return { kind: 'refused', reason: 'sending' };
  if (notice.state !== 'due' && notice.state !== 'dead') return { kind: 'refused', reason: 'settled' };
  if (notice.content === undefined) return { kind: 'refused', reason: 'erased' };
  const now = world.clock.now();
  const { settledAt: _settledAt, goneAt: _goneAt, ...open } = notice;
  const isDue = await wins(world, [
    planDue({ ...open, ...queueOf(notice) }, now, { attempts: 0, waitsSince: now }),
    auditWrite(world, actor, { type: 'notice.retried', ...namesOf(notice) }),
  ]);
  return isDue ? { kind: 'due' } : { kind: 'refused', reason: 'sending' };
}
