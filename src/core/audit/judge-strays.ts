/**
 * Looks for what the walk over the chain did not meet: events that claim a batch that does not exist, or none at all, and
 * batches outside the numbering. Counting tells whether there is any; only then is everything read again.
 */
import type { World } from '../world.ts';
import { auditBatches } from './batch.ts';
import { auditEvents, unsealed } from './event.ts';
import { readHead } from './head.ts';
import { highestNumber, strayLinks } from './numbered.ts';
import type { AuditProblem } from './problem.ts';

export async function* judgeStrays(
  world: World,
  from: number,
  met: { readonly batches: number; readonly events: number },
): AsyncGenerator<AuditProblem> {
  const { store } = world;
  const length = async () => Math.max((await readHead(store))?.number ?? 0, await highestNumber(store, auditBatches));
  const earlier = await store.count(auditEvents, { index: 'byBatch', from: 1, below: from });
  const waiting = await store.count(auditEvents, { index: 'byBatch', equals: [unsealed] });
  const all = await store.count(auditEvents, { index: 'byTime' });
  if (all !== earlier + met.events + waiting) yield* strayEvents(world, length);
  if ((await store.count(auditBatches, { index: 'byNumber' })) === from - 1 + met.batches) return;
  for await (const id of strayLinks(store, auditBatches, length)) yield { kind: 'batch.inserted', id };
}

async function* strayEvents({ store }: World, length: () => Promise<number>): AsyncGenerator<AuditProblem> {
  let after: string | undefined;
  do {
    const page = await store.find(auditEvents, { index: 'byTime', limit: 500, ...(after ? { after } : {}) });
    // Read after the page: what was sealed meanwhile is in its place.
    const end = await length();
    for (const { id, batch } of page.records) {
      const isInPlace = Number.isInteger(batch) && batch >= 0 && batch <= end;
      if (!isInPlace) yield { kind: 'event.inserted', batch, eventId: id };
    }
    after = page.next;
  } while (after);
}
