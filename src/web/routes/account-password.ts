/** /account/password: a new password by whoever knows the present one. */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { OwnPasswordOutcome } from '../../core/access/change-own-password.ts';
import type { PasswordPreset } from '../../core/credentials/password-rule.ts';
import type { World } from '../../core/world.ts';
import type { AccountPasswordView } from '../account-views.ts';
import { type NewPasswordProblem, newPasswordModel, readNewPassword } from '../new-password.ts';
import type { OwnPages } from '../own-pages.ts';
import type { PageKit } from '../page.ts';

export interface PasswordRouteMeans {
  readonly world: World;
  readonly preset: PasswordPreset;
}

const path = '/account/password';

type Refused = Exclude<OwnPasswordOutcome, { kind: 'set' }>;

interface Shown {
  readonly current?: AccountPasswordView['currentProblem'];
  readonly problems?: readonly NewPasswordProblem[];
  readonly isUnchanged?: boolean;
  readonly until?: number;
}

export function passwordRoutes(
  router: Router,
  page: PageKit,
  pages: OwnPages,
  { world, preset }: PasswordRouteMeans,
): void {
  async function show(ctx: Koa.Context, loginName: string, shown: Shown = {}): Promise<void> {
    const { current, problems = [], isUnchanged = false, until } = shown;
    const error = current !== undefined || problems.length > 0 || isUnchanged;
    const seconds = until === undefined ? undefined : Math.max(1, Math.ceil((until - world.clock.now()) / 1000));
    await page.show(ctx, 'account/password', {
      place: 'password',
      action: path,
      csrf: page.formToken(ctx),
      loginName,
      newPassword: newPasswordModel(preset, page.locale(ctx), problems),
      ...(current === undefined ? {} : { currentProblem: current }),
      isUnchanged,
      ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
      error,
    });
    if (seconds !== undefined) ctx.set('Retry-After', String(seconds));
    if (error) ctx.status = seconds === undefined ? 422 : 429;
  }

  router.get(path, (ctx: Koa.Context) =>
    pages.asFreshOwner(ctx, path, (_fresh, { account }) => show(ctx, account.loginName)),
  );

  router.post(path, async (ctx: Koa.Context) => {
    const form = await page.form(ctx);
    await pages.asFreshOwner(ctx, path, async (fresh, { account }) => {
      const { loginName } = account;
      const typed = readNewPassword(form);
      const isMissing = form('current') === '';
      if (isMissing || 'problem' in typed) {
        const problems = 'problem' in typed ? [typed.problem] : [];
        return show(ctx, loginName, { ...(isMissing ? { current: 'missing' } : {}), problems });
      }
      const { userAgent, address, knownBrowser } = await page.visitors.visitor(ctx);
      const mark = knownBrowser?.(account.id);
      const outcome = await fresh.changePassword({
        current: form('current'),
        password: typed.password,
        device: { userAgent, address },
        ...(mark === undefined ? {} : { knownBrowser: mark }),
      });
      if (outcome.kind !== 'set') return show(ctx, loginName, shownRefusal(outcome));
      if (outcome.sessionToken === undefined) page.visitors.forgetSession(ctx);
      else page.visitors.rememberSession(ctx, outcome.sessionToken, { accountId: account.id, withFactor: false });
      return pages.goBack(ctx, '/account', 'password_set');
    });
  });
}

function shownRefusal(outcome: Refused): Shown {
  switch (outcome.kind) {
    case 'refused':
      return { problems: outcome.problems };
    case 'unchanged':
      return { isUnchanged: true };
    case 'wrong':
      return { current: 'wrong' };
    case 'throttled':
      return { current: 'throttled', until: outcome.until };
  }
}
