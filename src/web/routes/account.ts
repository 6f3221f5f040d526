/** /account and what is below it: a person looks after their own account. Each place has a file of its own. */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { OwnAccount } from '../../core/access/own-account.ts';
import { displayName } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import { formatCount } from '../../i18n/format.ts';
import type { AccountOverviewView } from '../account-views.ts';
import { deedIn, type OwnPagesMeans, ownPages } from '../own-pages.ts';
import type { PageKit } from '../page.ts';
import { namedAmong, passwordSetOn, setUpState, shownRecoveryCodes } from '../shown-factors.ts';
import { activityRoutes } from './account-activity.ts';
import { factorRoutes } from './account-factors.ts';
import { passwordRoutes } from './account-password.ts';
import { sessionRoutes } from './account-sessions.ts';

export function accountRoutes(router: Router, page: PageKit, means: OwnPagesMeans): void {
  const { world } = means;
  const pages = ownPages(page, means);

  router.get('/account', (ctx: Koa.Context) =>
    pages.asOwner(ctx, '/account', async (own) =>
      page.show(ctx, 'account/overview', { ...(await overviewOf(page, world, ctx, own)), ...deedIn(ctx) }),
    ),
  );

  factorRoutes(router, page, pages, world);
  sessionRoutes(router, page, pages, world);
  activityRoutes(router, page, pages, world);
  passwordRoutes(router, page, pages, { world, preset: means.passwordKeeping.preset });
}

async function overviewOf(
  page: PageKit,
  world: World,
  ctx: Koa.Context,
  own: OwnAccount,
): Promise<AccountOverviewView> {
  const { config } = page;
  const locale = page.locale(ctx);
  const reader = { config, locale, now: world.clock.now() };
  const [held, hasSecondFactor, sessions] = await Promise.all([
    own.credentials(),
    own.hasSecondFactor(),
    own.sessions(),
  ]);
  const kinds = namedAmong(held).map(({ kind }) => kind);
  const codes = shownRecoveryCodes(reader, held, hasSecondFactor);
  const requiring = hasSecondFactor ? [] : await own.demanding();
  const { account, person } = own;
  return {
    place: 'overview',
    name: displayName(person, locale),
    loginName: account.loginName,
    accountKind: config.accounts.kinds[account.kind]?.label[locale] ?? account.kind,
    ...(account.universityMail === undefined ? {} : { universityMail: account.universityMail }),
    ...passwordSetOn(reader, held),
    factors: [...new Set(kinds)].map((kind) => ({
      kind,
      count: formatCount(kinds.filter((other) => other === kind).length),
    })),
    ...(codes ? { recoveryCodes: codes } : {}),
    setUp: setUpState(reader, own, held, hasSecondFactor),
    requiredBy: requiring.slice(0, mostNamed).map(({ connection: { name } }) => name[locale]),
    sessions: formatCount(sessions.length),
  };
}

/** As examples: in a whole list nobody would read the sentence around it. */
const mostNamed = 5;
