/**
 * An authorization or log-out request that came by POST. Cookies are Lax, so the browser sent none with it: the
 * parameters are kept and the browser is sent to the same address by GET, with its cookies (RFC 9110, 15.4.4).
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import type { World } from '../../core/world.ts';
import { type Collection, insert, remove } from '../../store/port.ts';

interface PostedRequest {
  readonly id: string;
  readonly parameters: string;
  readonly expiresAt: Instant;
}

export const postedRequests: Collection<PostedRequest> = {
  name: 'postedRequests',
  indexes: [],
  expiresAt: 'expiresAt',
};

/** @returns the name under which the parameters can be fetched once. */
export async function keepPosted({ store, clock, ids }: World, parameters: string): Promise<string> {
  const handle = ids.token();
  await store.commit([insert(postedRequests, { id: digestOf(handle), parameters, expiresAt: clock.now() + minutes(5) })]);
  return handle;
}

/** The parameters, or undefined when they were fetched already or kept too long. */
export async function fetchPosted({ store }: World, handle: string): Promise<string | undefined> {
  const kept = await store.get(postedRequests, digestOf(handle));
  if (!kept) return undefined;
  await store.commit([remove(postedRequests, kept.id)]);
  return kept.parameters;
}
