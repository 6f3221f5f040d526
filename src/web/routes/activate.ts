/**
 * Activation: ID and key, then terms and password, then done. Between the pages an activation lies in the store under the
 * handle in the address; everything that would hold without a browser is decided in core/credentials.
 */
import type Router from '@koa/router';
import type Koa from 'koa';
import {
  type ActivationHolder,
  type ActivationPosition,
  lookAtActivation,
  type OpenActivation,
} from '../../core/credentials/activation/activation.ts';
import { readActivationKey } from '../../core/credentials/activation/activation-key-text.ts';
import { type ActivationMeans, beginActivation } from '../../core/credentials/activation/begin-activation.ts';
import { finishActivation } from '../../core/credentials/activation/finish-activation.ts';
import type { PasswordKeeping } from '../../core/credentials/set-password.ts';
import { canonicalLoginName } from '../../core/people/account.ts';
import { activationPages } from '../activation-pages.ts';
import { asideLogin, withLogin } from '../aside-login.ts';
import { readNewPassword } from '../new-password.ts';
import type { PageKit } from '../page.ts';

export interface ActivateRouteMeans extends ActivationMeans {
  readonly keeping: PasswordKeeping;
}

/** Longer than any login name or key. */
const longestTyped = 256;

export function activateRoutes(router: Router, page: PageKit, means: ActivateRouteMeans): void {
  keyRoutes(router, page, means);
  passwordRoutes(router, page, means);
}

function keyRoutes(router: Router, page: PageKit, means: ActivateRouteMeans): void {
  const show = activationPages(page, means.world, means.keeping.preset);

  /** A letter may carry the ID in its address, never the key: addresses are kept in histories and logs. */
  router.get('/activate', (ctx: Koa.Context) => {
    const { id } = ctx.query;
    return show.key(ctx, { username: typeof id === 'string' ? id.slice(0, longestTyped) : '', key: '' });
  });

  router.post('/activate', async (ctx: Koa.Context) => {
    const form = await page.form(ctx);
    const typed = { username: form('username').slice(0, longestTyped), key: form('key').slice(0, longestTyped) };
    const loginName = canonicalLoginName(typed.username);
    if (loginName === '' || typed.key.trim() === '') return show.key(ctx, { ...typed, error: 'incomplete' });
    const key = readActivationKey(typed.key);
    if (key === undefined) return show.key(ctx, { ...typed, error: 'slip' });
    const { address, actor, browserToken } = await page.visitors.visitor(ctx);
    const begun = await beginActivation(means, { loginName, key, address, device: actor.device, browserToken });
    switch (begun.kind) {
      case 'begun':
        return seeOther(ctx, withLogin(`/activate/${begun.handle}`, asideLogin(ctx)));
      case 'wrong':
        return show.key(ctx, { ...typed, error: 'wrong' });
      case 'throttled': {
        const seconds = Math.max(1, Math.ceil((begun.until - means.world.clock.now()) / 1000));
        return show.key(ctx, { ...typed, error: 'throttled', retryAfterSeconds: seconds });
      }
      default:
        return show.refused(ctx, begun);
    }
  });
}

function passwordRoutes(router: Router, page: PageKit, { world, keeping }: ActivateRouteMeans): void {
  const show = activationPages(page, world, keeping.preset);
  const termsVersion = page.config.terms?.version;

  const holderOf = async (ctx: Koa.Context): Promise<ActivationHolder> => {
    const { browserToken } = await page.visitors.visitor(ctx);
    return { handle: ctx.params.handle ?? '', browserToken };
  };

  const showEnd = (ctx: Koa.Context, end: Exclude<ActivationPosition, OpenActivation>): Promise<void> => {
    if (end.kind !== 'finished') return show.refused(ctx, end);
    const { loginName, isRenewal } = end;
    return show.done(ctx, { loginName, isRenewal, isAgain: 'again' in ctx.query });
  };

  router.get('/activate/:handle', async (ctx) => {
    const position = await lookAtActivation(world, termsVersion, await holderOf(ctx));
    if (position.kind !== 'open') return showEnd(ctx, position);
    return show.password(ctx, { open: position, acceptsTerms: false, problems: [] });
  });

  router.post('/activate/:handle', async (ctx) => {
    const holder = await holderOf(ctx);
    const form = await page.form(ctx);
    const acceptsTerms = form('accept') === 'yes';
    const typed = readNewPassword(form);
    if ('problem' in typed) {
      const open = await lookAtActivation(world, termsVersion, holder);
      if (open.kind !== 'open') return showEnd(ctx, open);
      const unaccepted = open.asksTerms && !acceptsTerms ? (['terms_not_accepted'] as const) : [];
      return show.password(ctx, { open, acceptsTerms, problems: [...unaccepted, typed.problem] });
    }
    const { address, actor } = await page.visitors.visitor(ctx);
    const chosen = { password: typed.password, acceptsTerms, address, device: actor.device };
    const end = await finishActivation({ world, keeping, termsVersion }, holder, chosen);
    const after = withLogin(ctx.path, asideLogin(ctx));
    if (end.kind === 'done') return seeOther(ctx, after);
    if (end.kind === 'refused') return show.password(ctx, { ...end, acceptsTerms });
    // Marked: whoever sent another password than the one that was set must not be told that theirs was.
    if (end.kind === 'finished') return seeOther(ctx, `${after}${after.includes('?') ? '&' : '?'}again`);
    return show.refused(ctx, end);
  });
}

function seeOther(ctx: Koa.Context, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}
