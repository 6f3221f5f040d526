/** The writes that owe something to somebody: commit them with the change that caused it. */
import type { Instant } from '../../base/clock.ts';
import { findOne, insert, type Write } from '../../store/port.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { mac } from '../keys/seal.ts';
import type { World } from '../world.ts';
import { type NoticeContent, topicOf } from './content.ts';
import { type Notice, notices, queueOf } from './notice.ts';
import { sealContent } from './sealed-content.ts';

export type Owed = NoticeContent & {
  /** The account it is about, so that its activity can show it. */
  readonly accountId?: string;
  /** Whatever has this key is owed once, as long as the record of it is kept. */
  readonly dedupeKey?: string;
  /** It carries a secret that is good until then. */
  readonly lapsesAt?: Instant;
};

/**
 * What is owed already (by its dedupe key) is left out. Where two plan the same at once, the later commit fails with
 * `store.duplicate`.
 */
export async function planNotices(
  world: World,
  masterKey: MasterKey,
  owed: readonly Owed[],
): Promise<readonly Write[]> {
  const now = world.clock.now();
  const writes: Write[] = [];
  for (const [place, one] of owed.entries()) {
    if (one.dedupeKey !== undefined && (await isOwed(world, one.dedupeKey))) continue;
    // Several of one commit share their instant, and still have an order.
    writes.push(insert(notices, noticeOf(world, masterKey, one, now, now * 1000 + place)));
  }
  return writes;
}

const isOwed = async ({ store }: World, dedupeKey: string): Promise<boolean> =>
  (await findOne(store, notices, 'byDedupeKey', dedupeKey)) !== undefined;

function noticeOf({ ids }: World, masterKey: MasterKey, owed: Owed, now: Instant, order: number): Notice {
  const { kind, accountId, dedupeKey, lapsesAt } = owed;
  const id = ids.id();
  const recipient = recipientOf(masterKey, owed);
  const lapse = lapsesAt === undefined ? {} : { lapsesAt };
  return {
    id,
    kind,
    state: 'due',
    topic: topicOf(owed),
    recipient,
    createdAt: now,
    order,
    ...queueOf({ kind, recipient, ...lapse }),
    dueAt: now,
    attempts: 0,
    waitsSince: now,
    content: sealContent(masterKey, ids, id, owed),
    ...(accountId === undefined ? {} : { accountId }),
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
    ...lapse,
  };
}

/** An address is personal and guessable: only its keyed digest is stored in the clear, for the order of its mails. */
export function recipientOf(masterKey: MasterKey, owed: NoticeContent): string {
  switch (owed.kind) {
    case 'mail':
      return mac(masterKey, 'notices', 'mail', owed.content.to.trim().toLowerCase());
    case 'logout':
      return owed.content.connectionId;
    case 'webhook':
      return owed.content.subscriptionId;
  }
}
