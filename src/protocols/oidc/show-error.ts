/** Which of oidc-provider's errors is shown on our page, in whose words, and whom it names. */
import { type ErrorOut, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type DomainError, type ErrorCode, isDomainError } from '../../base/errors.ts';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import type { Pages } from './pages.ts';

export function errorPage(world: World, pages: Pages) {
  return async (ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> => {
    const asked = ctx.oidc.client?.clientId ?? ctx.query.client_id;
    // A store that does not answer is what the page may have to tell of: it names no service then.
    const reading = typeof asked === 'string' ? world.store.get(connections, asked) : undefined;
    const connection = await reading?.catch(() => undefined);
    const isSuspended = connection?.state === 'suspended' && error instanceof errors.InvalidClient;
    const code = isSuspended ? 'connection.suspended' : codeOf(error);
    const status = statusOf(code, error);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = await pages.error(ctx, {
      status,
      code,
      detail: [out.error, out.error_description].filter(Boolean).join(': '),
      cause: error,
      // A client that was not recognised is not named: anybody can write a name into an address.
      ...(connection && (ctx.oidc.client || isSuspended) ? { connection } : {}),
    });
  };
}

/**
 * Outermost: what fails before or after oidc-provider's own handling (a store that does not answer) gets our page too.
 * Koa's default answer would have neither our words nor our policy.
 */
export const catchFailures =
  (pages: Pages) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    try {
      await next();
    } catch (error) {
      const code = codeOf(error as Error);
      const status = statusOf(code, error as Error);
      ctx.status = status;
      ctx.type = 'html';
      ctx.body = await pages.error(ctx, { status, code, detail: '', cause: error });
    }
  };

function codeOf(error: Error | DomainError): ErrorCode {
  if (isDomainError(error)) return error.code;
  if (error instanceof errors.InvalidClient) return 'connection.not_found';
  if (error instanceof errors.SessionNotFound) return 'attempt.not_found';
  if (error instanceof errors.OIDCProviderError && error.statusCode < 500) return 'request.protocol';
  return 'internal';
}

/** An error of ours here is a race that the person lost (the session ended in another tab): nobody's fault, try again. */
function statusOf(code: ErrorCode, error: Error): number {
  if (code === 'internal' || code === 'store.unavailable') return code === 'internal' ? 500 : 503;
  return isDomainError(error) ? 409 : ((error as { statusCode?: number }).statusCode ?? 500);
}
