/** The doctor at a store that lies on a replica set: the same questions of the records, and those about the set. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { type FreshDatabase, freshDatabase, mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { doctorStage, says } from './doctor-stage.ts';

const { cli, consult, findingsOn } = doctorStage();

describeWith(mongodb, 'doctor on a replica set', () => {
  let database: FreshDatabase;
  const wishes = () => ({ environment: { SEKISHO__STORE__URL: database.url } });
  const add = () =>
    cli().sekisho(
      ['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', 'ecs,a0000001'],
      wishes(),
    );
  const namesIn = async (): Promise<readonly string[]> => {
    const client = new mongoose.mongo.MongoClient(database.url);
    const found = await client.db().listCollections({}, { nameOnly: true }).toArray();
    await client.close();
    return found.map(({ name }) => name);
  };

  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.drop());

  it('makes nothing where nothing is', async () => {
    const { ok, findings } = await consult([], wishes());
    expect(ok).toBe(true);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'store', severity: 'ok', what: expect.stringContaining('is the primary') }),
    );
    expect(await namesIn()).toEqual([]);
  });

  it('looks through the records, and changes nothing in them', async () => {
    expect((await add()).exitCode).toBe(0);
    const looked = (await consult([], wishes())).findings.filter(({ severity }) => severity === 'ok');
    expect(looked.map(({ check }) => check)).toEqual(expect.arrayContaining(['keys', 'clock', 'audit', 'outbox']));
    expect(await findingsOn('store', wishes())).toEqual([]);
  });

  it('says which index is not there', async () => {
    await add();
    const client = new mongoose.mongo.MongoClient(database.url);
    await client.db().collection('accounts').dropIndexes();
    await client.close();
    expect(await findingsOn('store', wishes())).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'note', what: expect.stringMatching(/indexes are not there yet/) }),
      ]),
    );
  });

  it('finds that the key directory belongs to another store', async () => {
    await add();
    const elsewhere = { SEKISHO__KEYS__DIRECTORY: `${cli().folder}/other` };
    await cli().onGround(async () => undefined);
    const environment = { ...wishes().environment, ...elsewhere };
    expect(await findingsOn('keys', { environment })).toEqual(says('problem', /there is no master key/, /Bring back/));
  });

  it('says that nobody answers, with what to check', async () => {
    const environment = {
      SEKISHO__STORE__URL: 'mongodb://127.0.0.1:1/sekisho?replicaSet=rs0',
      SEKISHO__STORE__MONGO__CONNECTTIMEOUT: '1s',
    };
    expect(await findingsOn('store', { environment })).toEqual(says('problem', /none of 127.0.0.1:1 answers/));
  });

  it('tells of a name that the set does not bear', async () => {
    const environment = { SEKISHO__STORE__URL: database.url.replace(/replicaSet=[^&]+/, 'replicaSet=other') };
    const found = await findingsOn('store', { environment });
    expect(found[0]).toMatchObject({ severity: 'problem', what: expect.stringMatching(/belongs to the set/) });
  });
});
