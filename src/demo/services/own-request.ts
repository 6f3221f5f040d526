/** Whether a post came from one of our own pages. */
import type Koa from 'koa';

/**
 * Without this check any page could log a visitor out by posting a hidden form (the cookie is Lax, but other services
 * under the same host name count as the same site). Browsers state where a post comes from in `Sec-Fetch-Site`, older
 * ones in `Origin`; a request that states neither comes from no browser page we could trust.
 */
export function isOwnRequest(ctx: Koa.Context, origin: string): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  return site === '' ? ctx.get('Origin') === origin : site === 'same-origin';
}
