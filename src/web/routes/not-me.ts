/**
 * "This was not me", from the link of a warning. Mail scanners follow links: looking changes nothing, only the button does.
 * Nobody need be signed in; the token in the address is all the authority there is, and it is for this one act.
 */
import type Router from '@koa/router';
import type Koa from 'koa';
import { lookAtNotMe, type NotMeKeeping, reportNotMe } from '../../core/access/not-me.ts';
import type { World } from '../../core/world.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { deskOfKind } from '../../login/configured-desk.ts';
import type { PageKit } from '../page.ts';

export function notMeRoutes(router: Router, page: PageKit, world: World, keeping: NotMeKeeping): void {
  const { config } = page;

  router.get('/not-me/:token', async (ctx) => {
    const locale = page.locale(ctx);
    const position = await lookAtNotMe(world, ctx.params.token ?? '');
    const { loginName, kind } = position.account;
    if (position.kind === 'done') {
      return page.show(ctx, 'not-me/done', { loginName, desk: deskOfKind(config, kind, locale) });
    }
    const { warning, madeAt } = position.link;
    return page.show(ctx, 'not-me/confirm', {
      action: ctx.path,
      csrf: page.formToken(ctx),
      loginName,
      warning,
      at: formatDateTime(madeAt, locale, config.university.timeZone),
    });
  });

  router.post('/not-me/:token', async (ctx: Koa.Context & { params: { token?: string } }) => {
    await page.form(ctx);
    // Whoever holds the link, whatever account is signed in here.
    const { id: _id, ...holder } = (await page.visitors.visitor(ctx)).actor;
    await reportNotMe(world, keeping, holder, ctx.params.token ?? '');
    // The same address shows from now on what was done: a reload or the language link finds it there.
    ctx.redirect(ctx.path);
    ctx.status = 303;
  });
}
