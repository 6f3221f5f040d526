/**
 * Where the provider's answers come by OpenID Connect. /callback: the browser brings one. /backchannel-logout: the provider
 * itself says that a login has ended (OpenID Connect Back-Channel Logout 1.0, 2.5); no browser is there, so there is no
 * cookie, and the sessions meant are found by what the ID token said of them.
 */
import type Router from '@koa/router';
import { finishLogin } from '../finish-login.ts';
import { readForm } from '../read-form.ts';
import type { SiteSetting } from '../site-setting.ts';
import type { OidcProvider } from './oidc-provider.ts';

/** A token has less than one kilobyte. */
const bodyAtMost = 16_384;

export function addOidcRoutes(router: Router, setting: SiteSetting, provider: OidcProvider): void {
  router.get('/callback', (ctx) => finishLogin(ctx, setting, ctx.query.state, new URL(ctx.url, setting.origin).href));

  router.post('/backchannel-logout', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      const token = (await readForm(ctx, bodyAtMost)).get('logout_token') ?? '';
      setting.sessions.endElsewhere(await provider.readLogout(token));
      // Nobody was signed in any more: that is success, too (2.8).
      ctx.body = '';
      ctx.status = 200;
    } catch (error) {
      setting.report(`${setting.site.id}: logout token: ${error instanceof Error ? error.message : 'unreadable'}`);
      ctx.body = { error: 'invalid_request' };
      ctx.status = 400;
    }
  });
}
