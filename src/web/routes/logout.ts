/** Logging out of the portal: asked first, then one act that ends the session everywhere. */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { Locale } from '../../base/locale.ts';
import { type Connection, connections } from '../../core/connections/connection.ts';
import { endInRound } from '../../core/sessions/end-in-round.ts';
import type { DerivedSessions, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { PageKit } from '../page.ts';

export function logoutRoutes(
  router: Router,
  page: PageKit,
  world: World,
  derivedSessions: readonly DerivedSessions[],
): void {
  router.get('/logout', async (ctx: Koa.Context) => {
    const session = await page.visitors.session(ctx);
    if (!session) return seeOther(ctx, '/logout/done');
    return page.show(ctx, 'logout/confirm', {
      action: '/logout',
      fields: [{ name: 'csrf', value: page.formToken(ctx) }],
      services: await enteredServices(world, session, page.locale(ctx)),
      stayHref: '/',
    });
  });

  router.post('/logout', async (ctx: Koa.Context) => {
    await page.form(ctx);
    const session = await page.visitors.session(ctx);
    const { actor } = await page.visitors.visitor(ctx);
    const browserToken = world.ids.token();
    const handle = session && (await endInRound(world, derivedSessions, session, { actor, browserToken }));
    page.visitors.forgetSession(ctx, browserToken);
    seeOther(ctx, handle === undefined ? '/logout/done' : `/logout/round/${handle}`);
  });

  router.get('/logout/done', (ctx: Koa.Context) => page.show(ctx, 'logout/done', { loginHref: '/login' }));
}

/** Names of the services entered in this session, in the order of entry. */
export async function enteredServices(world: World, session: Session, locale: Locale): Promise<readonly string[]> {
  const found = await Promise.all(
    session.participants.map(({ connectionId }) => world.store.get(connections, connectionId)),
  );
  return found
    .filter((connection): connection is NonNullable<typeof connection> => connection !== undefined)
    .map(nameIn(locale));
}

const nameIn =
  (locale: Locale) =>
  ({ name }: Connection): string =>
    name[locale];

function seeOther(ctx: Koa.Context, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}
