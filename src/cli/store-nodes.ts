/** Who seems to work on a store at this moment. A node that has ended in good order has handed back its leases. */
import { type Clock, clockDifference, type Instant } from '../base/clock.ts';
import { type Lease, leases } from '../core/leases/lease.ts';
import type { StoreContents } from '../store/contents.ts';

export interface SeenNode {
  readonly holder: string;
  /** Unless it is heard of again. */
  readonly goneBy: Instant;
}

/** A node holds some lease at all times (jobs/README.md), and renews it. */
export async function nodesAt(store: StoreContents, clock: Clock): Promise<readonly SeenNode[]> {
  const found = new Map<string, Instant>();
  for (const { holder, expiresAt } of (await store.page(leases, undefined, mostJobs)) as unknown as readonly Lease[]) {
    // By the holder's clock.
    const goneBy = (expiresAt ?? 0) + clockDifference;
    if (holder !== undefined && goneBy > clock.now()) found.set(holder, Math.max(goneBy, found.get(holder) ?? 0));
  }
  return [...found].map(([holder, goneBy]) => ({ holder, goneBy }));
}

const mostJobs = 1_000;
