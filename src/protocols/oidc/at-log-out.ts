/** Middleware of the log-out, which requests of nothing else have to pass through. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { routes } from './endpoints.ts';

type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>;

/** All routes of the log-out begin alike, and oidc-provider takes them in capitals too. */
const isLogOut = (path: string): boolean =>
  path.slice(0, routes.end_session.length).toLowerCase() === routes.end_session;

export const atLogOut =
  (middleware: Middleware): Middleware =>
  (ctx, next) =>
    isLogOut(ctx.path) ? middleware(ctx, next) : next();
