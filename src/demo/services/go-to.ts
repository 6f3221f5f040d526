/** Leads the browser on. */
import type Koa from 'koa';

export function goTo(ctx: Koa.Context, url: string): void {
  // 303, so that a post is never repeated at the place it leads to.
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(url);
}
