/**
 * Ways aside from a login (a forgotten ID, an activation) and back into it. They carry the login's handle in their
 * addresses; it leads back in the browser that began the login, and nowhere in any other.
 */
import type Koa from 'koa';
import { isDomainError } from '../base/errors.ts';
import { connections } from '../core/connections/connection.ts';
import type { World } from '../core/world.ts';
import { findAttempt } from '../login/attempt.ts';
import type { PageKit } from './page.ts';

/** `path` may not have a query of its own. */
export const withLogin = (path: string, handle: string | undefined): string =>
  handle === undefined ? path : `${path}?${new URLSearchParams({ login: handle })}`;

export const helpLinks = (handle?: string) => ({
  forgotId: `${withLogin('/help', handle)}#forgot-id`,
  forgotPassword: `${withLogin('/help', handle)}#forgot-password`,
  noKey: `${withLogin('/help', handle)}#activation`,
  activation: withLogin('/activate', handle),
});

/** The handle in the address, if it can be one; whose it is has yet to be asked. */
export function asideLogin({ query }: Koa.Context): string | undefined {
  const { login } = query;
  return typeof login === 'string' && /^[\w-]{22,86}$/.test(login) ? login : undefined;
}

export interface WayOn {
  readonly href: string;
  /** To which service it leads; absent for the portal. */
  readonly service?: { readonly name: string };
}

/** The login that this browser left, where it can still be finished; a new one otherwise. */
export async function wayOn(ctx: Koa.Context, page: PageKit, world: World): Promise<WayOn> {
  const handle = asideLogin(ctx);
  const attempt = handle === undefined ? undefined : await ownAttempt(ctx, page, world, handle);
  if (!attempt || attempt.outcome) return { href: '/login' };
  const { connectionId } = attempt.request;
  const connection = connectionId === undefined ? undefined : await world.store.get(connections, connectionId);
  const href = `/login/${handle}`;
  return connection ? { href, service: { name: connection.name[page.locale(ctx)] } } : { href };
}

async function ownAttempt(ctx: Koa.Context, page: PageKit, world: World, handle: string) {
  try {
    return await findAttempt(world, handle, page.visitors.heldBrowserToken(ctx));
  } catch (error) {
    if (isDomainError(error, 'attempt.not_found') || isDomainError(error, 'attempt.foreign_browser')) return undefined;
    throw error;
  }
}
