/** The pages of an activation, from what core says of it to what a view needs. */

import type Koa from 'koa';
import type { OpenActivation } from '../core/credentials/activation/activation.ts';
import type { PasswordPreset } from '../core/credentials/password-rule.ts';
import type { World } from '../core/world.ts';
import { deskOfKind } from '../login/configured-desk.ts';
import { shownTerms } from '../login/shown-terms.ts';
import { asideLogin, helpLinks, wayOn, withLogin } from './aside-login.ts';
import { type NewPasswordProblem, newPasswordModel } from './new-password.ts';
import type { PageKit } from './page.ts';
import type { ActivateDoneView, ActivateKeyView, ActivateRefusedView } from './views.ts';

type KeyPage = Pick<ActivateKeyView, 'username' | 'key' | 'error' | 'retryAfterSeconds'>;

export interface PasswordPage {
  readonly open: OpenActivation;
  readonly acceptsTerms: boolean;
  readonly problems: readonly (NewPasswordProblem | 'terms_not_accepted')[];
}

interface RefusedPage {
  readonly kind: ActivateRefusedView['reason'];
  /** Whose desk helps; the main one where nobody is known. */
  readonly accountKind?: string;
}

const refusedStatus = { key_expired: 403, account_suspended: 403, account_ended: 403, key_gone: 410, not_found: 410 };

export function activationPages(page: PageKit, world: World, preset: PasswordPreset) {
  const { config } = page;
  return {
    async key(ctx: Koa.Context, shown: KeyPage): Promise<void> {
      const kinds = Object.values(config.accounts.kinds);
      const { activation, noKey, forgotId } = helpLinks(asideLogin(ctx));
      await page.show(ctx, 'activate/key', {
        ...shown,
        action: activation,
        csrf: page.formToken(ctx),
        accountKinds: kinds.map(({ short, loginName }) => ({ label: short, example: loginName.example })),
        help: { noKey, forgotId },
      });
      if (shown.retryAfterSeconds !== undefined) ctx.set('Retry-After', String(shown.retryAfterSeconds));
      if (shown.error) ctx.status = shown.error === 'throttled' ? 429 : 422;
    },

    async password(ctx: Koa.Context, { open, acceptsTerms, problems }: PasswordPage): Promise<void> {
      const locale = page.locale(ctx);
      const terms = open.asksTerms ? shownTerms(config, locale) : undefined;
      const isMissing = problems.includes('terms_not_accepted');
      const ofPassword = problems.filter((problem) => problem !== 'terms_not_accepted');
      await page.show(ctx, 'activate/password', {
        action: withLogin(ctx.path, asideLogin(ctx)),
        csrf: page.formToken(ctx),
        loginName: open.account.loginName,
        isRenewal: open.activation.isRenewal,
        ...(terms ? { terms: { ...terms, isAccepted: acceptsTerms, isMissing } } : {}),
        newPassword: newPasswordModel(preset, locale, ofPassword),
        error: problems.length > 0,
      });
      if (problems.length > 0) ctx.status = 422;
    },

    async done(ctx: Koa.Context, shown: Omit<ActivateDoneView, 'loginHref' | 'service'>): Promise<void> {
      const { href, service } = await wayOn(ctx, page, world);
      await page.show(ctx, 'activate/done', { ...shown, loginHref: href, ...(service ? { service } : {}) });
    },

    async refused(ctx: Koa.Context, { kind, accountKind }: RefusedPage): Promise<void> {
      const locale = page.locale(ctx);
      await page.show(ctx, 'activate/refused', {
        reason: kind,
        desk: deskOfKind(config, accountKind, locale),
        ...(kind === 'not_found' ? { restartHref: helpLinks(asideLogin(ctx)).activation } : {}),
      });
      ctx.status = refusedStatus[kind];
    },
  };
}
