/**
 * A log-out of nobody (RP-Initiated Logout 1.0, 2): there is nothing to ask and nothing to end, so the browser goes
 * straight on. oidc-provider would answer with a form that sends itself by an inline script, and would keep a session
 * for half a day, one for each request of whoever sends no cookies.
 */
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

interface LogoutState {
  readonly clientId?: string;
  readonly state?: string;
  /** Registered for the service; oidc-provider has looked. */
  readonly postLogoutRedirectUri?: string;
}

interface SessionPrototype {
  readonly accountId?: string;
  touched?: boolean;
  save(ttl: number): Promise<unknown>;
}

export function skipEmptyLogout(provider: Provider): void {
  const prototype = provider.Session.prototype as unknown as SessionPrototype;
  const { save } = prototype;
  prototype.save = async function saveOfSomebody(this: SessionPrototype, ttl) {
    if (this.accountId !== undefined) return save.call(this, ttl);
    // As after a save; else it would be tried again when the answer leaves.
    this.touched = false;
    return undefined;
  };
  provider.use(goStraightOn as Parameters<typeof provider.use>[0]);
}

async function goStraightOn(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const { oidc } = ctx;
  if (oidc?.route !== 'end_session' || ctx.status !== 200 || oidc.session?.accountId !== undefined) return;
  const { clientId, state, postLogoutRedirectUri } = (oidc.session as unknown as { state: LogoutState }).state;
  const on = new URL(postLogoutRedirectUri ?? oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri === undefined && clientId !== undefined) on.searchParams.set('client_id', clientId);
  if (postLogoutRedirectUri !== undefined && state !== undefined) on.searchParams.set('state', state);
  // The body stays as `redirect` makes it: without one Koa would turn the answer into a 204, which leads nowhere.
  ctx.redirect(on.href);
  ctx.status = 303;
}
