/** What the page of a log-out shows: the round as it stands, in the reader's language. */
import type Koa from 'koa';
import { type Connection, connections } from '../core/connections/connection.ts';
import type { LogoutRound, RoundPart } from '../core/sessions/logout-round.ts';
import { isSettled, isWhole, type PartStanding, standingOf } from '../core/sessions/round-standing.ts';
import type { World } from '../core/world.ts';
import { serviceOf } from '../login/shown-connection.ts';
import { frontChannelOf } from '../protocols/oidc/front-channel.ts';
import type { SamlLogout } from '../protocols/saml/logout/logout.ts';
import { sourceOf } from './content-policy.ts';
import type { LogoutPart, LogoutRoundView } from './logout-views.ts';
import type { PageKit } from './page.ts';

export interface RoundPageMeans {
  readonly world: World;
  readonly saml: SamlLogout;
  readonly page: PageKit;
}

export interface RoundPage {
  readonly model: LogoutRoundView;
  readonly frameOrigins: readonly string[];
}

export async function roundPage(means: RoundPageMeans, ctx: Koa.Context, round: LogoutRound): Promise<RoundPage> {
  const { world, page } = means;
  const path = `/logout/round/${ctx.params.handle}`;
  const locale = page.locale(ctx);
  const standings = await standingOf(world, round);
  const services = await Promise.all(round.parts.map(({ connectionId }) => world.store.get(connections, connectionId)));
  // One whose connection was taken away has no name any more.
  const named = standings.flatMap((standing, place) => {
    const connection = services[place];
    return connection ? [{ ...standing, connection }] : [];
  });
  const standing = wordOf(standings);
  const asker = named.find(({ part }) => part.connectionId === round.askedBy)?.connection;
  const next = named.find(({ part, state }) => part.protocol === 'saml' && part.inBrowser && state === 'waiting');
  const model: LogoutRoundView = {
    parts: named.map((one) => ({ service: serviceOf(one.connection, locale), ...shown(one, path) })),
    standing,
    frames: named
      .filter(({ part }) => part.protocol === 'oidc' && part.inBrowser?.state === 'waiting')
      .map(({ part, connection }) => ({ href: `${path}/frame/${part.connectionId}`, name: connection.name[locale] })),
    ...(next ? { nextHref: `${path}/go/${next.part.connectionId}` } : {}),
    refreshHref: path,
    againAction: `${path}/again`,
    csrf: page.formToken(ctx),
    ...(round.back && asker
      ? {
          back: {
            name: asker.name[locale],
            href: `${path}/back`,
            goesByItself: standing === 'whole' || standing === 'told',
          },
        }
      : {}),
    loginHref: '/login',
  };
  return { model, frameOrigins: await frameOrigins(means, round.parts) };
}

function wordOf(standings: readonly PartStanding[]): LogoutRoundView['standing'] {
  if (!isSettled(standings)) return 'under_way';
  if (isWhole(standings)) return 'whole';
  return standings.some(({ state }) => state === 'failed' || state === 'untold') ? 'lacking' : 'told';
}

type Named = PartStanding & { readonly connection: Connection };

function shown({ part, state, isRetried }: Named, path: string): Omit<LogoutPart, 'service'> {
  const { connectionId, protocol, inBrowser, isOwed } = part;
  const isFailed = state === 'failed';
  return {
    state: state === 'sent' ? (protocol === 'saml' ? 'asked' : 'silent') : isFailed && isRetried ? 'retried' : state,
    ...(protocol === 'saml' && inBrowser && state === 'waiting' ? { frameHref: `${path}/frame/${connectionId}` } : {}),
    // A frame does not get the cookies that the service has set as a first party; the whole window does.
    ...(isFailed && inBrowser && !isOwed ? { goHref: `${path}/go/${connectionId}` } : {}),
    ...(isFailed && isOwed ? { againId: connectionId } : {}),
  };
}

/** Exactly those to which frames lead, and where they stand when a service has answered: here. */
async function frameOrigins(
  { world, saml, page }: RoundPageMeans,
  parts: readonly RoundPart[],
): Promise<readonly string[]> {
  const led = parts.filter(({ inBrowser }) => inBrowser);
  const { issuer } = page.config.server;
  const urls = await Promise.all(
    led.map((part) => (part.protocol === 'saml' ? saml.toldAt(part) : frontChannelOf(world, issuer, part))),
  );
  return urls.flatMap((url) => (url === undefined ? [] : [sourceOf(url)]));
}
