/**
 * How the routes under /account begin: with authority over the account of the person before us, or with a login that
 * comes back. A form is read, and its token checked, before anything is looked up.
 */
import type Koa from 'koa';
import type { FreshAccount, FreshMeans } from '../core/access/fresh-account.ts';
import { type OwnAccount, ownAccount } from '../core/access/own-account.ts';
import { openPolicy } from '../core/policy/policy.ts';
import type { Login } from '../login/login.ts';
import { type Deed, deeds } from './account-views.ts';
import { type OwnPath, ownLogins } from './own-login.ts';
import type { PageKit } from './page.ts';

export interface OwnPagesMeans extends Omit<FreshMeans, 'lifetimes' | 'assurance' | 'policy'> {
  readonly login: Login;
}

type Act<Holder> = (holder: Holder) => Promise<void>;

export function ownPages(page: PageKit, { login, ...means }: OwnPagesMeans) {
  const { visitors, config } = page;
  const logins = ownLogins({ login, visitors, ids: means.world.ids });
  const policy = openPolicy(config.policy.rules);
  const core: FreshMeans = { ...means, lifetimes: config.session, assurance: config.assurance, policy };

  async function asOwner(ctx: Koa.Context, returnTo: OwnPath, act: Act<OwnAccount>): Promise<void> {
    const { actor, session } = await visitors.visitor(ctx);
    const own = await ownAccount(core, actor, session?.id);
    return own ? act(own) : logins.enter(ctx, returnTo);
  }

  return {
    asOwner,

    /** Behind a check of a moment ago. `returnTo` is where the person goes on when it has been made; never a form's target. */
    asFreshOwner: (
      ctx: Koa.Context,
      returnTo: OwnPath,
      act: (fresh: FreshAccount, own: OwnAccount) => Promise<void>,
    ): Promise<void> =>
      asOwner(ctx, returnTo, async (own) => {
        const fresh = await own.freshly();
        return fresh ? act(fresh, own) : logins.check(ctx, await own.hasSecondFactor(), returnTo);
      }),

    addFactor: (ctx: Koa.Context, returnTo: OwnPath): Promise<void> => logins.addFactor(ctx, returnTo),

    /** Back to a page after a change, which it tells of. */
    goBack(ctx: Koa.Context, path: OwnPath, deed: Deed): void {
      ctx.redirect(`${path}?deed=${deed}`);
      ctx.status = 303;
    },
  };
}

export type OwnPages = ReturnType<typeof ownPages>;

/** Of a closed list: an address that somebody sends can say nothing else. */
export function deedIn(ctx: Koa.Context): { readonly deed?: Deed } {
  const deed = deeds.find((known) => known === ctx.query.deed);
  return deed === undefined ? {} : { deed };
}
