/** What a program is told while the store does not answer: to come again, not that it asked wrongly. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { isDomainError } from '../../base/errors.ts';

/** Seconds; an outage of the disk is rarely shorter, and a service that asks more often helps nobody. */
const retryAfter = 10;

/** Changes the answer that oidc-provider has made of `error`; a page for a person is left as it is. */
export function answerUnavailable(ctx: KoaContextWithOIDC, error: unknown): void {
  if (!isDomainError(error, 'store.unavailable')) return;
  ctx.set('Retry-After', String(retryAfter));
  // RFC 6749 has this code for the authorization endpoint; where it lists none for a server at fault, it is understood.
  if (!isServerError(ctx.body)) return;
  ctx.status = 503;
  ctx.body = { error: 'temporarily_unavailable', error_description: 'try again in a moment' };
}

const isServerError = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && (body as { error?: unknown }).error === 'server_error';
