/** RP-initiated log-out (OIDC RP-Initiated Logout 1.0): we ask first, on our page, whoever sent the person here. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from './client.ts';
import { type LogoutState, sealQuestion } from './logout-question.ts';
import type { Pages } from './pages.ts';
import type { Sealing } from './sealed-value.ts';

export function logoutPages(clients: Clients, pages: Pages, sealing: Sealing) {
  return {
    async logoutSource(ctx: KoaContextWithOIDC): Promise<void> {
      const { state } = ctx.oidc.session as unknown as { state: LogoutState };
      const session = await pages.session(ctx);
      if (!session) throw new Error('nobody is asked who is not signed in');
      const action = new URL(ctx.oidc.urlFor('end_session_confirm')).pathname;
      const connection = clients.connectionOf(ctx.oidc.client);
      ctx.body = await pages.confirmLogout(ctx, { action, xsrf: sealQuestion(sealing, session, state), connection });
    },
    async postLogoutSuccessSource(ctx: KoaContextWithOIDC): Promise<void> {
      ctx.type = 'html';
      ctx.body = await pages.loggedOut(ctx, clients.connectionOf(ctx.oidc.client));
    },
  };
}
