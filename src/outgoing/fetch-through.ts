/** The outgoing client in the shape of `fetch`, for libraries that take one, such as oidc-provider. */
import type { Outgoing } from './open-outgoing.ts';
import type { Outward } from './outcome.ts';

export type FetchLike = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Rejects as fetch does: with the signal's reason, else with a TypeError whose cause is our reason. */
export function fetchThrough(outgoing: Outgoing): FetchLike {
  return async (url, init = {}) => {
    // It would bring a method and headers of its own, and no caller of ours makes one.
    if (url instanceof Request) throw new TypeError('a Request is not offered');
    const outcome = await outgoing.request(url, await outwardOf(init));
    if (outcome.kind === 'failed') {
      init.signal?.throwIfAborted();
      throw new TypeError('fetch failed', { cause: outcome.reason });
    }
    const { status, headers, body } = outcome.answer;
    // Fetch, "null body status": a Response with one of these refuses any body, also an empty one.
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
  };
}

async function outwardOf({ method = 'GET', headers, body, signal }: RequestInit): Promise<Outward> {
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') throw new TypeError(`${method} is not offered`);
  // Fetch's own reading of a body: a form becomes bytes, and says its type unless the caller has.
  const read = body === undefined || body === null ? undefined : new Response(body);
  const sent = new Headers(headers);
  const type = read?.headers.get('content-type');
  if (type && !sent.has('content-type')) sent.set('content-type', type);
  return {
    method,
    headers: sent,
    ...(read ? { body: await read.bytes() } : {}),
    ...(signal ? { signal } : {}),
  };
}
