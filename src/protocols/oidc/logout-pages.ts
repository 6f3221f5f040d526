/** RP-initiated log-out (OIDC RP-Initiated Logout 1.0): we ask first, on our page, whoever sent the person here. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Connection, connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import type { Pages } from './pages.ts';

export function logoutPages(world: World, pages: Pages) {
  const connectionOf = async (ctx: KoaContextWithOIDC): Promise<Connection | undefined> => {
    const clientId = ctx.oidc.client?.clientId;
    return clientId === undefined ? undefined : world.store.get(connections, clientId);
  };
  return {
    async logoutSource(ctx: KoaContextWithOIDC): Promise<void> {
      const { state } = ctx.oidc.session as unknown as { state: { secret: string } };
      const action = new URL(ctx.oidc.urlFor('end_session_confirm')).pathname;
      const connection = await connectionOf(ctx);
      ctx.body = await pages.confirmLogout(ctx, { action, xsrf: state.secret, connection });
    },
    async postLogoutSuccessSource(ctx: KoaContextWithOIDC): Promise<void> {
      ctx.type = 'html';
      ctx.body = await pages.loggedOut(ctx, await connectionOf(ctx));
    },
  };
}
