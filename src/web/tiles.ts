/** The services that a person may use, as tiles: those entered in this session first, then by name. */
import type { Locale } from '../base/locale.ts';
import { isAudience } from '../core/connections/audience.ts';
import { type Connection, connections } from '../core/connections/connection.ts';
import type { Account } from '../core/people/account.ts';
import type { Person } from '../core/people/person.ts';
import type { Session } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import { serviceOf } from '../login/shown-connection.ts';
import type { Stored } from '../store/port.ts';
import type { ServiceTile } from './views.ts';

export interface TileWishes {
  readonly person: Person;
  readonly account: Account;
  readonly session: Session | undefined;
  readonly locale: Locale;
}

export async function serviceTiles(world: World, wishes: TileWishes): Promise<readonly ServiceTile[]> {
  const { person, account, session, locale } = wishes;
  const now = world.clock.now();
  const usable = (await activeConnections(world)).filter(
    (connection) => connection.isListed && isAudience(connection, person, account, now),
  );
  const enteredAt = (id: string) =>
    session?.participants.find(({ connectionId }) => connectionId === id)?.enteredAt ?? 0;
  const collator = new Intl.Collator(locale);
  const ordered = [...usable].sort(
    (a, b) => enteredAt(b.id) - enteredAt(a.id) || collator.compare(a.name[locale], b.name[locale]),
  );
  return ordered.map((connection) => ({ ...serviceOf(connection, locale), href: connection.homeUrl }));
}

async function activeConnections({ store }: World): Promise<readonly Stored<Connection>[]> {
  const found: Stored<Connection>[] = [];
  let after: string | undefined;
  do {
    const page = await store.find(connections, { index: 'byState', equals: ['active'], ...(after ? { after } : {}) });
    found.push(...page.records);
    after = page.next;
  } while (after);
  return found;
}

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
