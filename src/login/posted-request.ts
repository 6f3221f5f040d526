/**
 * A request of a service that the browser brought by POST, in either protocol. Cookies are Lax, so the browser sent none
 * with it: the parameters are kept and the browser is sent to the same address by GET, with its cookies (RFC 9110, 15.4.4).
 */
import type { Instant } from '../base/clock.ts';
import { digestOf } from '../base/digest.ts';
import { minutes } from '../base/duration.ts';
import type { World } from '../core/world.ts';
import { type Collection, insert } from '../store/port.ts';

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

/** @returns the name under which the parameters can be read for five minutes: again too, when the page is reloaded. */
export async function keepPosted({ store, clock, ids }: World, parameters: string): Promise<string> {
  const handle = ids.token();
  await store.commit([
    insert(postedRequests, { id: digestOf(handle), parameters, expiresAt: clock.now() + minutes(5) }),
  ]);
  return handle;
}

/** The parameters, or undefined when they have been kept too long. */
export const readPosted = async ({ store }: World, handle: string): Promise<string | undefined> =>
  (await store.get(postedRequests, digestOf(handle)))?.parameters;
