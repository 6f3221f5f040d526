/**
 * A log-out of nobody (RP-Initiated Logout 1.0, 2): there is nothing to ask and nothing to end, so the browser goes
 * straight on. oidc-provider would answer with a form that sends itself by an inline script.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { LogoutState } from './logout-question.ts';

export async function skipEmptyLogout(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const { oidc } = ctx;
  if (oidc?.route !== 'end_session' || ctx.status !== 200 || oidc.session?.accountId !== undefined) return;
  // Its address is registered for the service; oidc-provider has looked.
  const { clientId, state, postLogoutRedirectUri } = (oidc.session as unknown as { state: LogoutState }).state;
  const on = new URL(postLogoutRedirectUri ?? oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri === undefined && clientId !== undefined) on.searchParams.set('client_id', clientId);
  if (postLogoutRedirectUri !== undefined && state !== undefined) on.searchParams.set('state', state);
  // The body stays as `redirect` makes it: without one Koa would turn the answer into a 204, which leads nowhere.
  ctx.redirect(on.href);
  ctx.status = 303;
}
