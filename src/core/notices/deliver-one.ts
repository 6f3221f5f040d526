/**
 * One notice: taken, sent, settled. Between the recipient's acceptance and our commit lies an instant in which a lost node
 * leaves it accepted and not settled; it is then sent again, under the same id.
 */
import type { Instant } from '../../base/clock.ts';
import { isDomainError } from '../../base/errors.ts';
import type { Stored, Write } from '../../store/port.ts';
import { claimNotice, wins } from './claim.ts';
import type { DeliveryMeans, DeliveryTurn } from './delivery.ts';
import type { Notice } from './notice.ts';
import { drawChance, nextTry } from './retry-rule.ts';
import { openContent } from './sealed-content.ts';
import type { Sender, SendOutcome } from './sender.ts';
import { planDead, planDropped, planDue, planSent, system } from './settle.ts';

export type DeliveryEnd =
  | { readonly kind: 'settled' }
  | { readonly kind: 'later' | 'unreachable'; readonly dueAt: Instant }
  /** Put off, and out of its queue: it holds back no other, and none that is sent wakes it. */
  | { readonly kind: 'postponed' }
  /** Another sender has it. */
  | { readonly kind: 'taken' }
  /** This node must stop. */
  | { readonly kind: 'interrupted' };

export async function deliverOne(means: DeliveryMeans, turn: DeliveryTurn, seen: Stored<Notice>): Promise<DeliveryEnd> {
  const { world, signal, log } = turn;
  const now = world.clock.now();
  if (seen.lapsesAt !== undefined && seen.lapsesAt <= now) {
    return settle(turn, seen, planDropped(world, system, seen, { cause: 'lapsed' }), { kind: 'settled' });
  }
  const notice = await claimNotice(world, seen);
  if (notice === undefined) return { kind: 'taken' };
  const outcome = await send(means, turn, notice);
  if (outcome.kind === 'accepted') return settle(turn, notice, planSent(world, notice), { kind: 'settled' });
  if (signal.aborted) {
    // Not the recipient's fault: not counted, and the next node takes it up at once.
    await settle(turn, notice, [planDue(notice, now, { attempts: seen.attempts })], { kind: 'interrupted' });
    return { kind: 'interrupted' };
  }
  const { reason } = outcome;
  log.info({ notice: notice.id, kind: notice.kind, attempts: notice.attempts, reason }, 'notice was not accepted');
  const dueAt = outcome.kind === 'never' ? undefined : triedAgainAt(means, turn, notice, outcome.kind);
  if (outcome.kind === 'never' || dueAt === undefined) {
    return settle(turn, notice, planDead(world, notice, reason), { kind: 'settled' });
  }
  if (outcome.kind === 'later' && outcome.about === 'notice') {
    const { queue: _queue, ...alone } = notice;
    return settle(turn, notice, [planDue(alone, dueAt, { lastError: reason })], { kind: 'postponed' });
  }
  return settle(turn, notice, [planDue(notice, dueAt, { lastError: reason })], { kind: outcome.kind, dueAt });
}

function triedAgainAt(
  { giveUpAfter }: DeliveryMeans,
  { world }: DeliveryTurn,
  notice: Notice,
  failure: 'later' | 'unreachable',
): Instant | undefined {
  return nextTry(notice, failure, { now: world.clock.now(), giveUpAfter, chance: drawChance(world.ids) });
}

async function send(
  { senders, masterKey }: DeliveryMeans,
  { signal, log }: DeliveryTurn,
  notice: Stored<Notice>,
): Promise<SendOutcome> {
  const { kind, id, createdAt } = notice;
  // The union's kinds and their senders go together; the compiler cannot follow that through a look-up.
  const sender = senders[kind] as Sender<never> | undefined;
  if (sender === undefined) return { kind: 'unreachable', reason: 'no sender' };
  try {
    return await sender(openContent(masterKey, notice).content as never, { id, createdAt }, signal);
  } catch (error) {
    // Its message is not logged: it may repeat a part of what was to be sent.
    const reason = isDomainError(error) ? error.code : 'internal';
    const stack = error instanceof Error ? error.stack?.replace(error.message, '…') : undefined;
    log.error({ notice: id, kind, reason, stack }, 'notice could not be sent');
    return { kind: 'later', reason };
  }
}

/** Where the notice was settled by somebody else meanwhile, that stands. */
async function settle(
  { world, log }: DeliveryTurn,
  { id, kind }: Notice,
  writes: readonly Write[],
  end: DeliveryEnd,
): Promise<DeliveryEnd> {
  if (await wins(world, writes)) return end;
  log.warn({ notice: id, kind }, 'notice moved while it was being sent');
  return { kind: 'taken' };
}
