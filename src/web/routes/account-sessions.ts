/** /account/sessions: where the account is signed in, to be ended one by one or all but this one. */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { Locale } from '../../base/locale.ts';
import type { OwnAccount } from '../../core/access/own-account.ts';
import { connections } from '../../core/connections/connection.ts';
import { deviceWords } from '../../core/sessions/device-words.ts';
import type { Device, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { formatDateTime } from '../../i18n/format.ts';
import type { AccountSessionsView } from '../account-views.ts';
import { deedIn, type OwnPages } from '../own-pages.ts';
import type { PageKit } from '../page.ts';

const list = '/account/sessions';

export function sessionRoutes(router: Router, page: PageKit, pages: OwnPages, world: World): void {
  router.get(list, (ctx: Koa.Context) =>
    pages.asOwner(ctx, list, async (own) => {
      await page.show(ctx, 'account/sessions', {
        ...(await sessionList(page, world, ctx, own)),
        ...deedIn(ctx),
        csrf: page.formToken(ctx),
      });
    }),
  );

  router.post(list, async (ctx: Koa.Context) => {
    const form = await page.form(ctx);
    await pages.asOwner(ctx, list, async (own) => {
      const id = form('session');
      if (id !== own.session.id) {
        // Somebody else's id, or one that has ended meanwhile: either way there is no such session here now.
        await own.endSession(id);
        return pages.goBack(ctx, list, 'ended');
      }
      const browserToken = world.ids.token();
      const handle = await own.endHere(browserToken);
      page.visitors.forgetSession(ctx, browserToken);
      ctx.redirect(handle === undefined ? '/logout/done' : `/logout/round/${handle}`);
      ctx.status = 303;
    });
  });

  router.post(`${list}/trust`, async (ctx: Koa.Context) => {
    const form = await page.form(ctx);
    await pages.asOwner(ctx, list, async (own) => {
      await own.endTrust(form('browser'));
      pages.goBack(ctx, list, 'trust_ended');
    });
  });

  router.post(`${list}/others`, async (ctx: Koa.Context) => {
    await page.form(ctx);
    await pages.asOwner(ctx, list, async (own) => {
      await own.endOtherSessions();
      pages.goBack(ctx, list, 'others_ended');
    });
  });
}

async function sessionList(
  page: PageKit,
  world: World,
  ctx: Koa.Context,
  own: OwnAccount,
): Promise<Omit<AccountSessionsView, 'csrf'>> {
  const locale = page.locale(ctx);
  const { timeZone } = page.config.university;
  const all = await own.sessions();
  const ordered = all.toSorted(
    (a, b) => Number(b.id === own.session.id) - Number(a.id === own.session.id) || b.seenAt - a.seenAt,
  );
  const nameOf = await serviceNames(world, all, locale);
  return {
    place: 'sessions',
    action: list,
    sessions: ordered.map((session) => ({
      ...shownSession(session, locale, timeZone, nameOf),
      isPresent: session.id === own.session.id,
    })),
    endOthersAction: `${list}/others`,
    trusted: (await own.trustedBrowsers()).map((browser) => ({
      id: browser.id,
      ...deviceOf(browser.device),
      since: formatDateTime(browser.createdAt, locale, timeZone),
      until: formatDateTime(browser.expiresAt, locale, timeZone),
    })),
    endTrustAction: `${list}/trust`,
  };
}

const deviceOf = ({ userAgent }: Device): { readonly device?: string } => {
  const words = deviceWords(userAgent);
  return words === undefined ? {} : { device: words };
};

type ShownSession = Omit<AccountSessionsView['sessions'][number], 'isPresent'>;

function shownSession(
  { id, device, startedAt, seenAt, factors, participants }: Session,
  locale: Locale,
  timeZone: string,
  nameOf: ReadonlyMap<string, string>,
): ShownSession {
  return {
    id,
    ...deviceOf(device),
    address: device.address,
    started: formatDateTime(startedAt, locale, timeZone),
    seen: formatDateTime(seenAt, locale, timeZone),
    factors: factors.map(({ kind }) => kind),
    services: participants.flatMap(({ connectionId }) => nameOf.get(connectionId) ?? []),
  };
}

/** Each service is read once, however many sessions it was entered in. */
async function serviceNames(
  { store }: World,
  all: readonly Session[],
  locale: Locale,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(all.flatMap(({ participants }) => participants.map(({ connectionId }) => connectionId)));
  const found = await Promise.all([...ids].map((id) => store.get(connections, id)));
  return new Map(found.flatMap((connection) => (connection ? [[connection.id, connection.name[locale]]] : [])));
}
