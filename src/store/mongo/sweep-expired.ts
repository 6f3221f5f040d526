/** Gives back the room of expired records, collection by collection. */
import type { Instant } from '../../base/clock.ts';
import type { Models } from './models.ts';
import { expiredAt } from './plan-query.ts';

/** At most `limit`; answers how many. */
export async function sweepExpired(models: Models, now: Instant, limit: number): Promise<number> {
  let removed = 0;
  for (const { collection, documents } of models) {
    if (collection.expiresAt === undefined || removed >= limit) continue;
    const found = await documents.find(expiredAt(now), { projection: { _id: 1 }, limit: limit - removed }).toArray();
    if (found.length === 0) continue;
    // Asked once more: one of them may have been taken over meanwhile.
    const ids = found.map(({ _id }) => _id);
    const { deletedCount } = await documents.deleteMany({ _id: { $in: ids }, ...expiredAt(now) });
    removed += deletedCount;
  }
  return removed;
}
