/** What is told when a set does not take a node in, met with real mongods in each of these states. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ErrorCode, isDomainError } from '../../../src/base/errors.ts';
import { lastingRefusal } from '../../../src/store/mongo/diagnose.ts';
import { openStore } from '../../../src/store/open.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { freePort } from '../../support/free-port.ts';
import { askMember } from '../../support/mongo/ask-member.ts';
import { mongod } from '../../support/mongo/mongod.ts';
import { type ReplicaSet, startReplicaSet } from '../../support/mongo/replica-set.ts';
import { type SingleMongod, startSingleMongod } from '../../support/mongo/single-mongod.ts';
import { describeWith } from '../../support/needs.ts';
import { courses } from '../contract/sample-records.ts';

const root = { name: 'root', password: 'root/at@night' };
const writer = { name: 'writer', password: 'writes:by@day' };
const reader = { name: 'reader', password: 'reads-only' };

describeWith(mongod, 'a store on a set that asks for passwords', () => {
  let set: ReplicaSet;

  beforeAll(async () => {
    set = await startReplicaSet({ root, electionTimeoutMs: 1_000 });
    const { host } = await set.primary();
    for (const [{ name, password }, role] of [[writer, 'readWrite'] as const, [reader, 'read'] as const]) {
      const roles = [{ role, db: 'sekisho' }];
      await askMember(host, { createUser: name, pwd: password, roles, writeConcern: { w: 'majority' } }, root);
    }
  }, 60_000);
  afterAll(() => set.close(), 60_000);

  it('opens for a user with readWrite on the database', async () => {
    expect(await refusalOf(set.url('sekisho', writer))).toBeUndefined();
  });

  it('names the user whose password is wrong', async () => {
    const url = set.url('sekisho', { ...writer, password: 'guessed' });
    expect(await refusalOf(url)).toEqual({
      code: 'store.forbidden',
      facts: { user: 'writer', authSource: 'admin', database: 'sekisho', refused: 'password' },
    });
  });

  it('says that nobody came where the address has no user', async () => {
    expect(await refusalOf(set.url('sekisho'))).toMatchObject({
      code: 'store.forbidden',
      facts: { user: 'none', database: 'sekisho', lacks: expect.arrayContaining(['find', 'insert']) },
    });
  });

  it.each([
    ['sekisho', ['insert', 'update', 'remove', 'createCollection', 'createIndex', 'dropIndex']],
    ['other', expect.arrayContaining(['find', 'insert'])],
  ])('names the rights that a user lacks on %s', async (database, lacks) => {
    expect(await refusalOf(set.url(database, reader))).toEqual({
      code: 'store.forbidden',
      facts: { user: 'reader', authSource: 'admin', database, lacks },
    });
  });

  it('names both sets where the address means another', async () => {
    const url = set.url('sekisho', writer).replace('replicaSet=sekisho', 'replicaSet=rs0');
    expect(await refusalOf(url)).toEqual({
      code: 'store.wrong_set',
      facts: { expected: 'rs0', found: 'sekisho', host: set.members[0]?.host },
    });
  });

  it('tells of every member what it is while most of them are down', async () => {
    const [first, second, last] = set.members;
    await first?.kill();
    await second?.kill();
    await set.headless();
    try {
      expect(await refusalOf(set.url('sekisho', writer))).toEqual({
        code: 'store.no_primary',
        facts: {
          set: 'sekisho',
          members: [`${first?.host} unreachable`, `${second?.host} unreachable`, `${last?.host} secondary`],
        },
      });
    } finally {
      await first?.restart();
      await second?.restart();
      await set.settled();
    }
  }, 60_000);
});

describeWith(mongod, 'a store on a server that is no member of a set', () => {
  let standalone: SingleMongod;
  let uninitiated: SingleMongod;

  beforeAll(async () => {
    standalone = await startSingleMongod();
    uninitiated = await startSingleMongod({ replSet: 'sekisho' });
  }, 60_000);
  afterAll(() => Promise.all([standalone.close(), uninitiated.close()]), 60_000);

  it('says so, without waiting for as long as for an election', async () => {
    const { host } = standalone;
    // A minute, which a test does not have.
    expect(await refusalOf(`mongodb://${host}/?replicaSet=sekisho`, 60_000)).toEqual({
      code: 'store.standalone',
      facts: { hosts: [host] },
    });
  });

  it('says of one that waits to be initiated that this was not done', async () => {
    const { host } = uninitiated;
    expect(await refusalOf(`mongodb://${host}/?replicaSet=sekisho`)).toEqual({
      code: 'store.standalone',
      facts: { hosts: [host], initiated: false },
    });
  });

  it('finds no lasting fault in one that waits to be initiated: whoever starts all at once is about to do it', async () => {
    expect(await lastingRefusal(`mongodb://${uninitiated.host}/?replicaSet=sekisho`, 3_000)).toBeUndefined();
    expect(await lastingRefusal(`mongodb://${standalone.host}/?replicaSet=sekisho`, 3_000)).toMatchObject({
      code: 'store.standalone',
    });
  });
});

describe('a store at an address where nobody is', () => {
  it('names the hosts and what the network said', async () => {
    const hosts = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
    const refusal = await refusalOf(`mongodb://${hosts.join()}/?replicaSet=sekisho`);
    expect(refusal).toEqual({
      code: 'store.unreachable',
      facts: { hosts, cause: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('names the domain whose servers cannot be looked up', async () => {
    expect(await refusalOf('mongodb+srv://cluster.sekisho.invalid/')).toEqual({
      code: 'store.unreachable',
      facts: { hosts: ['_mongodb._tcp.cluster.sekisho.invalid'], cause: expect.stringMatching(/^E[A-Z]+$/) },
    });
  });

  it('names an option that nobody knows', async () => {
    expect(await refusalOf('mongodb://writer:hidden@127.0.0.1/?replicaSet=sekisho&colour=red')).toEqual({
      code: 'config.invalid',
      facts: { path: 'store.url', reason: 'option colour is not supported' },
    });
  });

  it('does not repeat an address with a password that breaks it', async () => {
    expect(await refusalOf('mongodb://writer:hid@den@127.0.0.1/?replicaSet=sekisho')).toEqual({
      code: 'config.invalid',
      facts: { path: 'store.url' },
    });
  });
});

interface Refusal {
  readonly code: ErrorCode;
  readonly facts: unknown;
}

async function refusalOf(url: string, deadline = 2_000): Promise<Refusal | undefined> {
  const mongo = { pool: 2, deadline, connectTimeout: 3_000 };
  try {
    const store = await openStore({ url, mongo, collections: [courses], clock: new FakeClock() });
    await store.close();
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { code: error.code, facts: error.facts };
  }
}
