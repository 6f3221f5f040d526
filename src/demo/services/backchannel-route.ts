/**
 * /backchannel-logout: the provider itself says that a login has ended (OpenID Connect Back-Channel Logout 1.0, 2.5). No
 * browser is there, so there is no cookie: the sessions meant are found by what the ID token said of them.
 */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { SiteSetting } from './site-setting.ts';

/** A token has less than one kilobyte. */
const bodyAtMost = 16_384;

export function addBackchannelRoute(router: Router, setting: SiteSetting): void {
  router.post('/backchannel-logout', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      const { sid, sub } = await setting.provider.readLogout(await tokenIn(ctx));
      setting.sessions.endElsewhere(({ idTokenClaims }) =>
        sid === undefined ? idTokenClaims.sub === sub : idTokenClaims.sid === sid,
      );
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

async function tokenIn(ctx: Koa.Context): Promise<string> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new Error('not a form');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyAtMost) throw new Error('too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString()).get('logout_token') ?? '';
}
