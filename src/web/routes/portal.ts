/** `/`: the services of the person who is signed in, or what this is for the one who is not. And `/help`. */

import type Router from '@koa/router';
import type Koa from 'koa';
import { accounts } from '../../core/people/account.ts';
import { displayName, people } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import { configuredDesk } from '../../login/configured-desk.ts';
import { asideLogin, helpLinks } from '../aside-login.ts';
import type { PageKit } from '../page.ts';
import { matchingTiles } from '../tiles.ts';

const longestQuery = 100;

/** Four screens of a telephone are not read to their end: those used last come first, and there is the search. */
const mostTiles = 36;

export function portalRoutes(router: Router, page: PageKit, world: World): void {
  const { config } = page;

  router.get('/', async (ctx: Koa.Context) => {
    const locale = page.locale(ctx);
    const session = await page.visitors.session(ctx);
    const account = session && (await world.store.get(accounts, session.accountId));
    const person = account && (await world.store.get(people, account.personId));
    if (!session || !account || !person) {
      const kinds = Object.values(config.accounts.kinds);
      const accountKinds = kinds.map(({ label, loginName }) => ({ label: label[locale], example: loginName.example }));
      return page.show(ctx, 'portal/welcome', { loginHref: '/login', accountKinds, help: helpLinks() });
    }
    const tiles = await page.tiles({ person, account, session, locale });
    const query = typeof ctx.query.q === 'string' ? ctx.query.q.trim().slice(0, longestQuery) : '';
    const matching = query === '' ? tiles : matchingTiles(tiles, query);
    const shown = ctx.query.all === '1' ? matching : matching.slice(0, mostTiles);
    return page.show(ctx, 'portal/home', {
      name: displayName(person, locale),
      tiles: shown,
      matching: matching.length,
      total: tiles.length,
      query,
      allHref: `/?${new URLSearchParams({ ...(query === '' ? {} : { q: query }), all: '1' })}`,
    });
  });

  router.get('/help', async (ctx: Koa.Context) => {
    const locale = page.locale(ctx);
    const desks = Object.values(config.accounts.kinds).map(({ label, loginName, desk }) => ({
      kind: label[locale],
      example: loginName.example,
      desk: configuredDesk(config, desk, locale),
    }));
    await page.show(ctx, 'help', { activateHref: helpLinks(asideLogin(ctx)).activation, desks });
  });
}
