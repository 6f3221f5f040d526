/**
 * When an answer has left, what hangs on its context is let go. oidc-provider defines `ctx.oidc` with a getter of its own
 * for each request, and V8 keeps getters among its old objects: whatever one of them reaches (request, answer, session,
 * client) stays until the next full collection, thirty kilobytes for each login. That is paid in memory and in time.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';

type Fields = Record<PropertyKey, unknown>;

/** The outermost of the middleware: once the whole answer is sent, nobody reads the context any more. */
export async function letGo(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } finally {
    // Not before the chain has ended: a browser may go away while it is still at work.
    if (!ctx.res.closed) ctx.res.once('close', () => emptyContext(ctx));
  }
}

function emptyContext(ctx: KoaContextWithOIDC): void {
  // A connection that broke is still to be told of, and that reads the context.
  if (!ctx.res.writableFinished) return;
  // Undefined where no route of oidc-provider took the request.
  const oidc = ctx.oidc as unknown as Fields | undefined;
  if (oidc) empty(oidc, Reflect.ownKeys(oidc));
  // `oidc` itself is the getter, and cannot be written.
  const own = Reflect.ownKeys(ctx).filter((name) => name !== 'oidc');
  empty(ctx as unknown as Fields, own);
}

function empty(fields: Fields, names: readonly PropertyKey[]): void {
  for (const name of names) fields[name] = undefined;
}
