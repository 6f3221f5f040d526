/**
 * Outermost: names the request and the login that it belongs to, for every line that is written about it, and writes one
 * of its own: path without query (it may carry a code or a name), status, time. Nothing else.
 */
import type { Middleware } from 'koa';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { onTrail, type Trail } from '../../base/trail.ts';
import { attemptIdOf, loginNameOf } from '../../login/attempt.ts';
import { newIncident } from '../incident.ts';
import { type RouteClass, routeClassOf } from '../route-class.ts';

export interface RequestObservation {
  readonly route: RouteClass;
  readonly status: number;
  readonly milliseconds: number;
}

export type ObserveRequest = (observation: RequestObservation) => void;

/** Handles in paths open a login, in capitals too; the log says that there was one, not which. */
export const loggedPath = (path: string): string =>
  path.replace(
    /^\/(login|certificate|setup|activate|not-me|oidc\/auth|saml\/continue|logout\/round)\/[^/]+/i,
    (_match, place: string) => `/${place}/*`,
  );

const handle = /^\/(?:login|certificate|oidc\/auth|saml\/continue)\/([^/]+)/i;

/** The login that has its handle in the path; an authorization request names its own as soon as there is one. */
export function loginInPath(path: string): string | undefined {
  const [, found] = handle.exec(path) ?? [];
  return found === undefined ? undefined : loginNameOf(attemptIdOf(found));
}

export function logRequests(log: Log, ids: Ids, observe: ObserveRequest): Middleware {
  return (ctx, next) => {
    const login = loginInPath(ctx.path);
    const trail: Trail = { request: newIncident(ids), ...(login === undefined ? {} : { login }) };
    return onTrail(trail, async () => {
      // A stopwatch, not the clock, which may be put right meanwhile.
      const begun = performance.now();
      await next();
      const milliseconds = performance.now() - begun;
      const status = ctx.respond === false ? ctx.res.statusCode : ctx.status;
      observe({ route: routeClassOf(ctx.path), status, milliseconds });
      const path = loggedPath(ctx.path);
      log.info({ method: ctx.method, path, status, milliseconds: Math.round(milliseconds) }, 'request');
    });
  };
}
