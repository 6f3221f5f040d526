import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { volatileCollections } from '../../src/cli/volatile-collections.ts';
import { setupLinks } from '../../src/core/access/setup-link.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { type Ground, openGround } from '../../src/ground.ts';
import { oidcRecords } from '../../src/protocols/oidc/record.ts';
import { insert } from '../../src/store/port.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { testConfig } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();

describe('store forget', () => {
  it('refuses a store in a file, which restore looks after', async () => {
    const { refused } = await cli().json(['store', 'forget', '--yes']);
    expect(refused).toEqual([{ reason: 'no_set', message: expect.stringContaining('sekisho restore') }]);
  });
});

describeWith(mongodb, 'store forget on a replica set', () => {
  let database: FreshDatabase;
  const wishes = () => ({ environment: { SEKISHO__STORE__URL: database.url } });
  const soon = Date.now() + 3_600_000;

  async function onGround<T>(look: (ground: Ground) => Promise<T>): Promise<T> {
    const config = testConfig(cli().folder);
    const ground = await openGround({ ...config, store: { ...config.store, url: database.url } });
    try {
      return await look(ground);
    } finally {
      await ground.close();
    }
  }

  beforeEach(async () => {
    database = await freshDatabase();
    await cli().sekisho(
      ['people', 'add', '--family-en', 'K', '--given-en', 'H', '--account', 'ecs,a0000001'],
      wishes(),
    );
    await onGround(({ world }) =>
      world.store.commit([
        insert(oidcRecords, { id: 'AccessToken:x', payload: {}, expiresAt: soon }),
        insert(setupLinks, { id: 'l', expiresAt: soon }),
      ]),
    );
  });
  afterEach(() => database.drop());

  it('takes out what was good for a moment, leaves everything else, and is in the audit trail', async () => {
    const { ok, removed } = await cli().json(['store', 'forget', '--yes'], wishes());
    expect({ ok, removed }).toMatchObject({ ok: true, removed: { oidcRecords: 1, setupLinks: 1, sessions: 0 } });
    expect(Object.keys(removed as object).sort()).toEqual(volatileCollections.map(({ name }) => name).sort());
    await onGround(async ({ world: { store } }) => {
      expect(await store.get(oidcRecords, 'AccessToken:x')).toBeUndefined();
      expect(await accountByLoginName(store, 'a0000001')).toBeDefined();
      const found = await store.find(auditEvents, { index: 'byType', equals: ['store.forgotten'] });
      expect(found.records).toMatchObject([{ actor: { kind: 'operator', id: 'tester' } }]);
    });
  });

  it('takes nothing out of what was copied in part only', async () => {
    await onGround(async ({ world: { store } }) => {
      const connection = await mongoose.createConnection(database.url).asPromise();
      await connection.collection<{ _id: string; run: string }>('sekisho').insertOne({ _id: 'copy', run: 'r' });
      expect((await cli().sekisho(['store', 'forget', '--yes'], wishes())).exitCode).toBe(1);
      await connection.close();
      expect(await store.get(oidcRecords, 'AccessToken:x')).toBeDefined();
    });
  });

  it('takes nothing out in a dry run, nor when nobody says yes', async () => {
    expect(await cli().json(['store', 'forget', '--dry-run'], wishes())).toMatchObject({ ok: true, dryRun: true });
    expect((await cli().sekisho(['store', 'forget'], wishes())).exitCode).toBe(2);
    await onGround(async ({ world: { store } }) => {
      expect(await store.get(oidcRecords, 'AccessToken:x')).toBeDefined();
    });
  });
});
