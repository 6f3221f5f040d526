/**
 * Logins to Sekisho itself: to get in, to show again a moment ago that it is you, to set up one more factor. They go
 * through the login machine like those to a service; where they come back to is chosen here, never read from an address.
 */
import type Koa from 'koa';
import type { Ids } from '../base/ids.ts';
import { renewedWithinSeconds } from '../core/access/fresh-check.ts';
import type { Login } from '../login/login.ts';
import { type LoginRequest, portalRequest } from '../login/request.ts';
import type { Visitors } from './visitors.ts';

export interface OwnLoginMeans {
  readonly login: Login;
  readonly visitors: Visitors;
  readonly ids: Ids;
}

/** A path of our own that the router has matched, so that it begins with one slash and a word of ours. */
export type OwnPath = `/account${string}`;

export function ownLogins({ login, visitors, ids }: OwnLoginMeans) {
  async function begin(ctx: Koa.Context, request: LoginRequest & { readonly returnTo: OwnPath }): Promise<void> {
    const handle = ids.token();
    const position = await login.begin(handle, request, await visitors.visitor(ctx));
    const isThere = position.kind === 'finished' && position.outcome.kind === 'granted';
    ctx.redirect(isThere ? request.returnTo : `/login/${handle}`);
    ctx.status = 303;
  }

  const mfa = { acceptable: ['mfa'], essential: true } as const;
  const young = { ...portalRequest, maxAgeSeconds: renewedWithinSeconds };

  return {
    enter: (ctx: Koa.Context, returnTo: OwnPath): Promise<void> => begin(ctx, { ...portalRequest, returnTo }),

    /** `hasSecondFactor`: then the password alone proves too little. */
    check: (ctx: Koa.Context, hasSecondFactor: boolean, returnTo: OwnPath): Promise<void> =>
      begin(ctx, { ...young, ...(hasSecondFactor ? { demand: mfa } : {}), returnTo }),

    /** The first factor is set up under the rules of every login, one more by whoever proves one that is there. */
    addFactor: (ctx: Koa.Context, returnTo: OwnPath): Promise<void> =>
      begin(ctx, { ...young, demand: mfa, addsFactor: true, returnTo }),
  };
}
