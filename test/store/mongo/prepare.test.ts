/** What a start makes of the declarations: what lacks is built, what nobody declares goes a day later, the rest is left alone. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import mongoose, { type mongo } from 'mongoose';
import { days } from '../../../src/base/duration.ts';
import { openStore } from '../../../src/store/open.ts';
import { type AnyCollection, type Collection, findOne, insert, type Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { courses, tickets } from '../contract/sample-records.ts';

const plain: Collection<{ id: string; code?: string }> = { name: 'courses', indexes: [] };
const unique: typeof plain = { name: 'courses', indexes: [{ name: 'code', fields: ['code'], unique: true }] };
const many: typeof plain = { name: 'courses', indexes: [{ name: 'code', fields: ['code'] }] };

describeWith(mongodb, 'a start on a replica set', () => {
  let database: FreshDatabase;
  let connection: mongoose.Connection;
  const clock = new FakeClock();
  const built: string[][] = [];

  beforeEach(async () => {
    database = await freshDatabase();
    connection = await mongoose.createConnection(database.url).asPromise();
    built.length = 0;
  });
  afterEach(async () => {
    await connection.close();
    await database.drop();
  });

  const open = (...collections: AnyCollection[]): Promise<Store> =>
    openStore({ url: database.url, collections, clock, watch: { building: (names) => void built.push([...names]) } });

  const start = async (...collections: AnyCollection[]): Promise<void> => (await open(...collections)).close();

  const native = (): mongo.Db => connection.db as mongo.Db;

  const indexNames = async (collection: string): Promise<string[]> =>
    (await native().collection(collection).indexes())
      .map(({ name = '' }) => name.replace(/_[0-9a-f]{8}$/, '_…'))
      .sort();

  it('makes every declared collection with its indexes, in a start, and nothing more in the next', async () => {
    await start(courses, tickets);
    expect(await indexNames('courses')).toEqual(['_id_', 'code_…', 'facultyYear_…', 'open_…', 'words_…']);
    expect(await indexNames('tickets')).toEqual(['_id_', 'aliases_…', 'expiry', 'holder_…', 'seat_…']);
    await start(courses, tickets);
    expect(built).toEqual([]);
  });

  it('lets the database collect what expired a day ago, and no sooner', async () => {
    await start(tickets);
    const expiry = (await native().collection('tickets').indexes()).find(({ name }) => name === 'expiry');
    expect(expiry).toMatchObject({ key: { expiresAt: 1 }, expireAfterSeconds: 86_400 });
    const store = await open(tickets);
    await store.commit([
      insert(tickets, { id: 't1', uses: 0, endsAt: clock.now() + 5 }),
      insert(tickets, { id: 't2', uses: 0 }),
    ]);
    await store.close();
    const kept = await native().collection('tickets').find({}).sort({ _id: 1 }).toArray();
    expect(kept.map(({ expiresAt }) => expiresAt)).toEqual([new Date(clock.now() + 5), undefined]);
  });

  it('builds an index that was declared since, over the records that are there, and says so', async () => {
    const store = await open(plain);
    await store.commit([insert(plain, { id: 'c1', code: 'A' }), insert(plain, { id: 'c2' })]);
    await store.close();
    const later = await open(unique);
    expect(built).toEqual([['courses']]);
    expect((await findOne(later, unique, 'code', 'A'))?.id).toBe('c1');
    await expect(later.commit([insert(unique, { id: 'c3', code: 'A' })])).rejects.toMatchObject({
      code: 'store.duplicate',
    });
    await later.close();
  });

  it('refuses to start where a newly unique index finds a value twice, and names the collection', async () => {
    const store = await open(plain);
    await store.commit([insert(plain, { id: 'c1', code: 'A' }), insert(plain, { id: 'c2', code: 'A' })]);
    await store.close();
    await expect(open(unique)).rejects.toMatchObject({
      code: 'store.upgrade_failed',
      facts: { collection: 'courses' },
    });
    await start(plain);
  });

  it('builds a newly unique index although an expired record holds the value too', async () => {
    const loose: Collection<{ id: string; seat?: string; endsAt?: number }> = {
      name: 'tickets',
      indexes: [],
      expiresAt: 'endsAt',
    };
    const tight: typeof loose = { ...loose, indexes: [{ name: 'seat', fields: ['seat'], unique: true }] };
    const store = await open(loose);
    await store.commit([
      insert(loose, { id: 'past', seat: 's1', endsAt: clock.now() }),
      insert(loose, { id: 'present', seat: 's1' }),
    ]);
    await store.close();
    const later = await open(tight);
    expect((await findOne(later, tight, 'seat', 's1'))?.id).toBe('present');
    await later.close();
  });

  it('leaves an index that is not declared any more to the nodes of the version before, for a day', async () => {
    await start(unique);
    await start(many);
    expect(await indexNames('courses')).toEqual(['_id_', 'code_…', 'code_…']);
    clock.advance(days(1) - 1);
    await start(many);
    expect(await indexNames('courses')).toHaveLength(3);
    clock.advance(1);
    await start(many);
    expect(await indexNames('courses')).toEqual(['_id_', 'code_…']);
    const store = await open(many);
    await store.commit([insert(many, { id: 'c1', code: 'A' }), insert(many, { id: 'c2', code: 'A' })]);
    await store.close();
  });

  it('forgets that an index was not declared once it is declared again', async () => {
    await start(unique);
    await start(many);
    clock.advance(days(1) - 1);
    await start(unique);
    clock.advance(1);
    await start(many);
    expect(await indexNames('courses')).toEqual(['_id_', 'code_…', 'code_…']);
  });

  it('leaves indexes alone that an operator has added', async () => {
    await start(courses);
    await native().collection('courses').createIndex({ 'body.title': 1 }, { name: 'ours' });
    clock.advance(days(2));
    await start(courses);
    clock.advance(days(2));
    await start(courses);
    expect(await indexNames('courses')).toContain('ours');
  });

  it('builds again what somebody has dropped', async () => {
    await start(courses);
    const [name = ''] = (await native().collection('courses').indexes())
      .map((index) => index.name)
      .filter((found) => found?.startsWith('open'));
    await native().collection('courses').dropIndex(name);
    await start(courses);
    expect(await indexNames('courses')).toContain('open_…');
  });

  it('refuses a database that a newer version has laid out', async () => {
    await start(courses);
    await native()
      .collection<{ _id: string }>('sekisho')
      .updateOne({ _id: 'store' }, { $set: { layout: 99 } });
    await expect(open(courses)).rejects.toMatchObject({ code: 'store.version', facts: { found: 99 } });
  });

  it('lets several nodes start at once on an empty database', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(courses, tickets)));
    await stores[0]?.commit([insert(courses, { id: 'c1', code: 'A' })]);
    expect(await Promise.all(stores.map(async (store) => (await store.get(courses, 'c1'))?.code))).toEqual([
      'A',
      'A',
      'A',
      'A',
    ]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
