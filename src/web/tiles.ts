/** The services that a person may use, as tiles: those entered in this session first, then by name. */
import type { Locale } from '../base/locale.ts';
import { audienceOf } from '../core/connections/audience.ts';
import { type Connection, connections, isSaml } from '../core/connections/connection.ts';
import { connectionDirectory } from '../core/connections/directory.ts';
import type { Account } from '../core/people/account.ts';
import type { Person } from '../core/people/person.ts';
import type { Session } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import { serviceOf } from '../login/shown-connection.ts';
import { samlPaths } from '../protocols/saml/places.ts';
import type { Stored } from '../store/port.ts';
import type { ServiceTile } from './views.ts';

export interface TileWishes {
  readonly person: Person;
  readonly account: Account;
  readonly session: Session | undefined;
  readonly locale: Locale;
}

export type Tiles = (wishes: TileWishes) => Promise<readonly ServiceTile[]>;

export function serviceTiles(world: World): Tiles {
  const directory = connectionDirectory(world);
  return async ({ person, account, session, locale }) => {
    const isFor = audienceOf(person, account, world.clock.now());
    const usable = (await directory()).filter(({ audience }) => isFor(audience));
    const records = await Promise.all(usable.map(({ id }) => world.store.get(connections, id)));
    // As they stand at this moment, which is what a login there would find.
    const shown = records.filter(
      (record) => record?.state === 'active' && record.isListed && isFor(record.audience),
    ) as Stored<Connection>[];
    const enteredAt = new Map(session?.participants.map(({ connectionId, enteredAt: at }) => [connectionId, at]));
    const collator = new Intl.Collator(locale);
    const ordered = shown.sort(
      (a, b) =>
        (enteredAt.get(b.id) ?? 0) - (enteredAt.get(a.id) ?? 0) || collator.compare(a.name[locale], b.name[locale]),
    );
    return ordered.map((connection) => ({ ...serviceOf(connection, locale), href: tileHref(connection) }));
  };
}

/** To the service, signed in already where its login may begin here. */
const tileHref = (connection: Connection): string =>
  isSaml(connection) && connection.saml.mayBeUnsolicited
    ? `${samlPaths.sso}?${new URLSearchParams({ providerId: connection.saml.entityId })}`
    : connection.homeUrl;

/** Tiles whose name, description or domain holds every word that was typed. */
export function matchingTiles(tiles: readonly ServiceTile[], query: string): readonly ServiceTile[] {
  const wanted = folded(query).split(' ').filter(Boolean);
  return tiles.filter((tile) => {
    const text = folded([tile.name, tile.description ?? '', tile.domain ?? ''].join(' '));
    return wanted.every((word) => text.includes(word));
  });
}

/** Full-width and half-width, capitals, katakana and hiragana are alike to somebody who searches. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
