import { describe, expect, it } from '@jest/globals';
import { connections } from '../../src/core/connections/connection.ts';
import { insert, replace } from '../../src/store/port.ts';
import { matchingTiles, serviceTiles, type TileWishes } from '../../src/web/tiles.ts';
import { freshWorld } from '../core/fresh-world.ts';
import {
  type ConnectionWishes,
  sampleAccount,
  sampleConnection,
  sampleParticipant,
  samplePerson,
  sampleSession,
  startInstant,
} from '../core/sample-records.ts';

const named = (id: string, ja: string, en: string, wishes: ConnectionWishes = {}) =>
  sampleConnection({ id, name: { ja, en }, homeUrl: `https://${id}.example/home`, ...wishes });

describe('serviceTiles', () => {
  const fresh = freshWorld();
  const add = (...made: readonly ReturnType<typeof named>[]) =>
    fresh().world.store.commit(made.map((connection) => insert(connections, connection)));
  const tiles = (wishes: Partial<TileWishes> = {}) =>
    serviceTiles(fresh().world)({
      person: samplePerson(),
      account: sampleAccount(),
      session: undefined,
      locale: 'en',
      ...wishes,
    });

  it('lead to the service’s own page and name its desk', async () => {
    await add(named('kulasis', '教務', 'KULASIS'));
    expect(await tiles()).toEqual([
      expect.objectContaining({
        name: 'KULASIS',
        domain: 'kulasis.example',
        href: 'https://kulasis.example/home',
        desk: { name: 'KULASIS front desk', place: 'Yoshida South' },
      }),
    ]);
  });

  it('leave out what is suspended, unlisted, or for others', async () => {
    await add(
      named('usable', 'あ', 'Usable', { audience: { roles: ['student'] } }),
      named('suspended', 'い', 'Suspended', { state: 'suspended' }),
      named('unlisted', 'う', 'Unlisted', { isListed: false }),
      named('for-staff', 'え', 'For staff', { audience: { roles: ['staff'] } }),
    );
    expect((await tiles()).map(({ name }) => name)).toEqual(['Usable']);
  });

  it('stand in the order of their names in the language of the person', async () => {
    await add(named('one', 'いろは', 'Zebra'), named('two', 'あさひ', 'apple'), named('three', 'うみ', 'Mango'));
    expect((await tiles()).map(({ name }) => name)).toEqual(['apple', 'Mango', 'Zebra']);
    expect((await tiles({ locale: 'ja' })).map(({ name }) => name)).toEqual(['あさひ', 'いろは', 'うみ']);
  });

  it('begin with what was entered in this session, the last first', async () => {
    await add(named('a', 'あ', 'A'), named('b', 'い', 'B'), named('c', 'う', 'C'), named('d', 'え', 'D'));
    const session = sampleSession({
      participants: [
        sampleParticipant({ connectionId: 'c', enteredAt: startInstant + 1 }),
        sampleParticipant({ connectionId: 'd', enteredAt: startInstant + 2 }),
      ],
    });
    expect((await tiles({ session })).map(({ name }) => name)).toEqual(['D', 'C', 'A', 'B']);
  });

  it('are all there, beyond the first page', async () => {
    await add(...Array.from({ length: 130 }, (_, i) => named(`s-${i}`, `${i}`, `${i}`)));
    expect(await tiles()).toHaveLength(130);
  });
});

describe('serviceTiles, asked again', () => {
  const fresh = freshWorld();
  const wishes = { person: samplePerson(), account: sampleAccount(), session: undefined, locale: 'en' as const };

  it('show a service as it stands now, although the directory was read before', async () => {
    const { world, clock, put } = fresh();
    const tiles = serviceTiles(world);
    const stored = await put(connections, named('one', 'いち', 'One', { changedAt: startInstant }));
    clock.advance(10);
    expect((await tiles(wishes)).map(({ name }) => name)).toEqual(['One']);
    // By a node whose clock is behind: the directory does not notice for a while.
    const suspended = { ...stored, state: 'suspended' as const, changedAt: startInstant - 1 };
    await world.store.commit([replace(connections, suspended)]);
    expect(await tiles(wishes)).toEqual([]);
  });
});

describe('matchingTiles', () => {
  const tile = (name: string, description: string, domain: string) => ({
    name,
    description,
    domain,
    href: `https://${domain}/`,
    desk: { name: 'Desk' },
  });
  const all = [
    tile('KULASIS', '履修登録と成績', 'k.kyoto-u.ac.jp'),
    tile('ｷｭﾘﾈ MyKULINE', '図書の貸出・キュリネ', 'm.kulib.kyoto-u.ac.jp'),
  ];

  it.each([
    ['', ['KULASIS', 'ｷｭﾘﾈ MyKULINE']],
    ['  ', ['KULASIS', 'ｷｭﾘﾈ MyKULINE']],
    ['kulasis', ['KULASIS']],
    ['ＫＵＬＡＳＩＳ', ['KULASIS']],
    ['成績 kulasis', ['KULASIS']],
    ['成績　kulasis', ['KULASIS']],
    ['貸出 kulasis', []],
    ['きゅりね', ['ｷｭﾘﾈ MyKULINE']],
    ['キュリネ', ['ｷｭﾘﾈ MyKULINE']],
    ['kulib', ['ｷｭﾘﾈ MyKULINE']],
    ['kyoto-u.ac.jp', ['KULASIS', 'ｷｭﾘﾈ MyKULINE']],
    ['[', []],
  ])('finds by %j: %j', (query, names) => {
    expect(matchingTiles(all, query).map(({ name }) => name)).toEqual(names);
  });
});
