/**
 * Takes, renews and hands back a lease by compare-and-swap. Nothing here judges whether a lease may be taken from its
 * holder: the caller has watched it (due.ts).
 */
import { isDomainError } from '../../base/errors.ts';
import { insert, replace, type Stored, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type Hold, type Lease, leases, moveFence, type Progress } from './lease.ts';

/**
 * Takes the lease as it was read (undefined: there was none), from its holder if it has one. Undefined when another was
 * first. `length` in milliseconds.
 */
export async function take(
  world: World,
  who: { readonly job: string; readonly holder: string; readonly length: number },
  seen: Stored<Lease> | undefined,
): Promise<{ readonly hold: Hold; readonly progress: Progress } | undefined> {
  const { job, holder, length } = who;
  const now = world.clock.now();
  const hold: Hold = { job, holder, token: (seen?.token ?? 0) + 1 };
  // Counted at the beginning: a job that brings its node down must find the next one waiting longer, too.
  const tries = (seen?.tries ?? 0) + 1;
  const progress: Progress = {
    ...progressOf(seen),
    ...(seen?.holder === undefined ? {} : { lastOutcome: 'abandoned' }),
    lastStartedAt: now,
    tries,
  };
  const lease: Lease = { id: job, ...progress, token: hold.token, holder, expiresAt: now + length };
  const write = seen === undefined ? insert(leases, lease) : replace(leases, { ...lease, version: seen.version });
  const isTaken = await wins(world, [write, ...moveFence(job, seen?.token, hold.token)]);
  return isTaken ? { hold, progress } : undefined;
}

/** Whether the lease is still held; it then is for another `length` milliseconds, and `progress` can be seen by others. */
export const renew = (world: World, hold: Hold, progress: Progress, length: number): Promise<boolean> =>
  changeHeld(world, hold, ({ id, token, version }) => [
    replace(leases, {
      ...progress,
      id,
      token,
      version,
      holder: hold.holder,
      expiresAt: world.clock.now() + length,
    }),
  ]);

/** Whether it was still held. From here on nothing passes the fence of `hold`. */
export const handBack = (world: World, hold: Hold, progress: Progress): Promise<boolean> =>
  changeHeld(world, hold, ({ id, version }) => [
    replace(leases, { ...progress, id, version, token: hold.token + 1 }),
    ...moveFence(hold.job, hold.token, hold.token + 1),
  ]);

/**
 * Only the holder writes a lease under its token, so a lost race means either that the lease has moved or that an earlier
 * write of our own arrived after all, unacknowledged: reading again tells.
 */
async function changeHeld(
  world: World,
  hold: Hold,
  plan: (lease: Stored<Lease>) => readonly Write[],
): Promise<boolean> {
  for (;;) {
    const lease = await world.store.get(leases, hold.job);
    if (lease?.token !== hold.token || lease.holder !== hold.holder) return false;
    if (await wins(world, plan(lease))) return true;
  }
}

async function wins({ store }: World, writes: readonly Write[]): Promise<boolean> {
  try {
    await store.commit(writes);
    return true;
  } catch (error) {
    if (isDomainError(error, 'store.conflict') || isDomainError(error, 'store.duplicate')) return false;
    throw error;
  }
}

function progressOf(lease: Stored<Lease> | undefined): Omit<Progress, 'tries'> {
  if (lease === undefined) return {};
  const { id: _id, version: _version, token: _token, holder: _holder, expiresAt: _expiresAt, ...progress } = lease;
  return progress;
}
