/** The first administrator's one-time link: a password, and the installation has somebody in charge. */
import type Router from '@koa/router';
import type Koa from 'koa';
import { assertSetupLink, useSetupLink } from '../../core/access/setup-link.ts';
import type { PasswordKeeping } from '../../core/credentials/set-password.ts';
import type { World } from '../../core/world.ts';
import { type NewPasswordProblem, newPasswordModel, readNewPassword } from '../new-password.ts';
import type { PageKit } from '../page.ts';

/** A kind of its own: no rule about students or staff applies to it, and no pattern of theirs can name it. */
const administrator = { kind: 'local', loginName: 'administrator' };

export function setupRoutes(router: Router, page: PageKit, world: World, keeping: PasswordKeeping): void {
  async function show(ctx: Koa.Context, problems: readonly NewPasswordProblem[] = []) {
    await page.show(ctx, 'setup/password', {
      action: ctx.path,
      csrf: page.formToken(ctx),
      loginName: administrator.loginName,
      newPassword: newPasswordModel(keeping.preset, page.locale(ctx), problems),
      error: problems.length > 0,
    });
    if (problems.length > 0) ctx.status = 422;
  }

  router.get('/setup/done', (ctx: Koa.Context) =>
    page.show(ctx, 'setup/done', { loginName: administrator.loginName, loginHref: '/login' }),
  );

  router.get('/setup/:token', async (ctx) => {
    await assertSetupLink(world, ctx.params.token ?? '');
    await show(ctx);
  });

  router.post('/setup/:token', async (ctx) => {
    const token = ctx.params.token ?? '';
    await assertSetupLink(world, token);
    const form = await page.form(ctx);
    const typed = readNewPassword(form);
    if ('problem' in typed) return show(ctx, [typed.problem]);
    const outcome = await useSetupLink(world, keeping, token, { ...administrator, password: typed.password });
    if (outcome.kind === 'refused') return show(ctx, outcome.problems);
    // Elsewhere, so that a reload or the language link does not ask for the used link again.
    ctx.redirect('/setup/done');
    ctx.status = 303;
    return undefined;
  });
}
