/** One line per request: path without query (it may carry a code or a name), status, time. Nothing else. */
import type { Middleware } from 'koa';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

/** Handles in paths open a login, in capitals too; the log says that there was one, not which. */
export const loggedPath = (path: string): string =>
  path.replace(/^\/(login|setup|oidc\/auth)\/[^/]+/i, (_match, place: string) => `/${place}/*`);

export function logRequests(log: Log, clock: Clock): Middleware {
  return async (ctx, next) => {
    const startedAt = clock.now();
    await next();
    const { statusCode } = ctx.res;
    const status = ctx.respond === false ? statusCode : ctx.status;
    log.info(
      { method: ctx.method, path: loggedPath(ctx.path), status, milliseconds: clock.now() - startedAt },
      'request',
    );
  };
}
