/** The due notices of one recipient, one after another. After one that failed, the rest are put off with it. */
import type { Instant } from '../../base/clock.ts';
import { findOne, type Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { wins } from './claim.ts';
import { deliverOne } from './deliver-one.ts';
import type { DeliveryMeans, DeliveryTurn } from './delivery.ts';
import { isInStrictOrder, type Notice, notices } from './notice.ts';
import { planDue } from './settle.ts';
import { wakeNext } from './wake.ts';

/** While another sender is at work on the one before; soon over, and whoever ends it wakes the next besides. */
const glance = 5_000;

/**
 * A turn lasts as long as its slowest queue, and a service may take each of its messages and let us wait for it: with a
 * page of them it would keep every other service from being told for half an hour.
 */
const longestStay = 10_000;

/** `closed` is aborted when nothing of this kind can be sent now. */
export async function deliverQueue(
  means: DeliveryMeans,
  turn: DeliveryTurn,
  due: readonly Stored<Notice>[],
  closed: AbortController,
): Promise<void> {
  const { world, signal } = turn;
  const waiting = due.toSorted((a, b) => a.order - b.order);
  const over = world.clock.now() + longestStay;
  for (const [place, notice] of waiting.entries()) {
    if (signal.aborted) return;
    if (place > 0 && world.clock.now() >= over) {
      await putOff(world, waiting.slice(place), world.clock.now() + glance);
      return;
    }
    const held = await heldUntil(world, notice);
    if (held !== undefined) {
      await putOff(world, waiting.slice(place), held);
      return;
    }
    const end = await deliverOne(means, turn, notice);
    if (end.kind === 'settled' || end.kind === 'postponed') await wakeNext(world, notice.queue);
    if (end.kind === 'unreachable') closed.abort();
    if (end.kind === 'taken' && isInStrictOrder(notice)) return;
    if (end.kind === 'later' || end.kind === 'unreachable') {
      await putOff(world, waiting.slice(place + 1), end.dueAt);
      return;
    }
    if (end.kind === 'interrupted') return;
  }
}

/** Until when one before it holds this one back. */
async function heldUntil(world: World, notice: Notice): Promise<Instant | undefined> {
  if (notice.queue === undefined || !isInStrictOrder(notice)) return undefined;
  const first = await findOne(world.store, notices, 'byQueue', notice.queue);
  if (first === undefined || first.id === notice.id) return undefined;
  const soon = world.clock.now() + glance;
  return first.state === 'sending' ? soon : Math.max(soon, first.dueAt ?? 0);
}

/** Untouched otherwise: an attempt that was not made is not counted. */
async function putOff(world: World, rest: readonly Stored<Notice>[], dueAt: Instant): Promise<void> {
  // One at a time: where another sender has moved one of them, the others still are put off.
  for (const notice of rest) {
    if (notice.state === 'due') await wins(world, [planDue(notice, dueAt)]);
  }
}
