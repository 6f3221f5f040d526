/** /account/activity: what the audit tells of the account, in the words of its owner, month by month. */
import type Router from '@koa/router';
import type Koa from 'koa';
import type { Locale } from '../../base/locale.ts';
import type { OwnAccount } from '../../core/access/own-account.ts';
import type { AuditEvent } from '../../core/audit/event.ts';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import { activityWords, isKeptBack, type ServiceName } from '../../i18n/activity-words.ts';
import { formatMonth, formatRecent } from '../../i18n/format.ts';
import {
  boundsOf,
  type CalendarMonth,
  isBefore,
  monthAfter,
  monthOf,
  readMonth,
  writeMonth,
} from '../calendar-month.ts';
import type { OwnPages } from '../own-pages.ts';
import type { PageKit } from '../page.ts';

const path = '/account/activity';
/** What is kept back comes off it, so that a page may be shorter; only the absence of a next one says the end. */
const mostRead = 100;
const longestCursor = 400;

export function activityRoutes(router: Router, page: PageKit, pages: OwnPages, world: World): void {
  const { timeZone } = page.config.university;

  router.get(path, (ctx: Koa.Context) =>
    pages.asOwner(ctx, path, async (own) => {
      const locale = page.locale(ctx);
      const present = monthOf(world.clock.now(), timeZone);
      const asked = readMonth(ctx.query.month) ?? present;
      const month = isBefore(present, asked) ? present : asked;
      const { records, next } = await readActivity(own, { ...boundsOf(month, timeZone), after: cursorIn(ctx) });
      const nameOf = await serviceNames(world, records, locale);
      const oldest = monthOf(own.account.createdAt, timeZone);
      await page.show(ctx, 'account/activity', {
        place: 'activity',
        month: formatMonth(month.year, month.month, locale),
        entries: records.flatMap((event) => {
          const told = activityWords(event, locale, nameOf);
          return told ? [{ ...told, at: formatRecent(event.at, world.clock.now(), locale, timeZone) }] : [];
        }),
        ...(isBefore(month, present) ? { newerHref: hrefOf(monthAfter(month, 1)) } : {}),
        ...(isBefore(oldest, month) ? { olderHref: hrefOf(monthAfter(month, -1)) } : {}),
        ...(next === undefined ? {} : { moreHref: hrefOf(month, next) }),
        sessionsHref: '/account/sessions',
        passwordHref: '/account/password',
      });
    }),
  );
}

const hrefOf = (month: CalendarMonth, after?: string): string =>
  `${path}?${new URLSearchParams({ month: writeMonth(month), ...(after === undefined ? {} : { after }) })}`;

const cursorIn = ({ query }: Koa.Context): string | undefined =>
  typeof query.after === 'string' && query.after !== '' && query.after.length <= longestCursor
    ? query.after
    : undefined;

interface Asked {
  readonly from: number;
  readonly below: number;
  readonly after: string | undefined;
}

async function readActivity(own: OwnAccount, { after, ...bounds }: Asked) {
  const { records, next } = await own.activity({
    ...bounds,
    limit: mostRead,
    ...(after === undefined ? {} : { after }),
  });
  return { records: records.filter(({ type }) => !isKeptBack(type)), next };
}

async function serviceNames({ store }: World, events: readonly AuditEvent[], locale: Locale): Promise<ServiceName> {
  const ids = new Set(events.flatMap(({ connectionId }) => connectionId ?? []));
  const found = await Promise.all([...ids].map((id) => store.get(connections, id)));
  const names = new Map(found.flatMap((connection) => (connection ? [[connection.id, connection.name[locale]]] : [])));
  return (id) => names.get(id);
}
