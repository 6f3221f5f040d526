/**
 * Sends what is due. Kinds go their ways side by side, so that services that are down delay no mail; within a kind, the
 * queues of several recipients do, a few at a time.
 */
import type { Instant } from '../../base/clock.ts';
import type { Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type NoticeKind, noticeKinds } from './content.ts';
import { deliverQueue } from './deliver-queue.ts';
import type { DeliveryMeans, DeliveryTurn } from './delivery.ts';
import { type Notice, notices } from './notice.ts';

const pageSize = 200;
/**
 * An SMTP server is one and takes few connections. Services are many, and each that is silent holds its place for as long
 * as a request may take.
 */
const queuesAtOnce: Readonly<Record<NoticeKind, number>> = { mail: 5, logout: 20, webhook: 20 };

/** `kinds`: of these only; the turn lasts as long as the slowest of them. */
export async function deliverDue(
  means: DeliveryMeans,
  turn: DeliveryTurn,
  kinds: readonly NoticeKind[] = noticeKinds,
): Promise<void> {
  await Promise.all(kinds.map((kind) => deliverKind(kind, means, turn)));
}

async function deliverKind(kind: NoticeKind, means: DeliveryMeans, turn: DeliveryTurn): Promise<void> {
  const closed = new AbortController();
  const over = AbortSignal.any([turn.signal, closed.signal]);
  // Whatever is taken up is due no more at this instant, so this comes to an end.
  const now = turn.world.clock.now();
  let hasMore = true;
  while (hasMore && !over.aborted) {
    const due = await readDue(turn.world, kind, now);
    hasMore = due.length === pageSize;
    await deliverQueues(due);
  }
  for await (const owed of readAhead(turn.world, kind, now)) {
    if (over.aborted) return;
    await deliverQueues(owed);
  }

  async function deliverQueues(due: readonly Stored<Notice>[]): Promise<void> {
    const queues = [...Map.groupBy(due, ({ id, queue }) => queue ?? id).values()];
    await inParallel(queuesAtOnce[kind], queues, (queue) =>
      over.aborted ? Promise.resolve() : deliverQueue(means, turn, queue, closed),
    );
  }
}

/** Those whose sender was lost are among them: their claim has an end. */
async function readDue({ store }: World, kind: NoticeKind, now: Instant): Promise<readonly Stored<Notice>[]> {
  const page = await store.find(notices, { index: 'byDue', equals: [kind], below: now + 1, limit: pageSize });
  return page.records;
}

/**
 * What a node whose clock is ahead of ours has owed, by its time, and nobody has put off: it is due now, and somebody may sit
 * before a page that asks for the code in it. Where clocks agree there is nothing.
 */
async function* readAhead({ store }: World, kind: NoticeKind, now: Instant): AsyncGenerator<readonly Stored<Notice>[]> {
  let after: string | undefined;
  do {
    const query = { index: 'byKind', equals: [kind], from: now + 1, limit: pageSize };
    const page = await store.find(notices, { ...query, ...(after === undefined ? {} : { after }) });
    yield page.records.filter(({ state, dueAt, createdAt }) => state === 'due' && dueAt === createdAt);
    after = page.next;
  } while (after !== undefined);
}

/** All of them, at most `width` at once. The first failure is thrown when those under way have ended. */
async function inParallel<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: width }, async () => {
    for (const item of left) await work(item);
  });
  const ended = await Promise.allSettled(workers);
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
