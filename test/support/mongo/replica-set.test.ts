import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { describeWith } from '../needs.ts';
import { tryMember } from './ask-member.ts';
import { mongod } from './mongod.ts';
import { type ReplicaSet, startReplicaSet } from './replica-set.ts';

describeWith(mongod, 'a replica set of one’s own', () => {
  let set: ReplicaSet;
  let client: mongoose.mongo.MongoClient;
  let test = 0;
  const things = () => client.db().collection(`things_${test}`);

  beforeAll(async () => {
    set = await startReplicaSet({ electionTimeoutMs: 1_000 });
    client = new mongoose.mongo.MongoClient(set.url('trial'), { writeConcern: { w: 'majority' } });
  }, 60_000);
  beforeEach(async () => {
    await set.settled();
    test += 1;
    await things().insertOne({ at: 'start' });
  });
  afterAll(async () => {
    await client.close();
    await set.close();
  }, 60_000);

  it('elects another primary when the primary is killed, and takes it back with its data', async () => {
    const killed = await set.primary();
    await killed.kill();
    expect(killed.isAlive).toBe(false);
    expect(await tryMember(killed.host, { hello: 1 })).toBeUndefined();
    expect((await set.primary()).host).not.toBe(killed.host);
    await things().insertOne({ at: 'meanwhile' });
    await killed.restart();
    await set.settled();
    expect(set.members.map(({ isAlive }) => isAlive)).toEqual([true, true, true]);
    expect(await things().countDocuments()).toBe(2);
  }, 60_000);

  it('has no primary while the majority is down', async () => {
    const [one, two, last] = set.members;
    await one?.kill();
    await two?.kill();
    await set.headless();
    expect(await tryMember(last?.host ?? '', { hello: 1 })).toMatchObject({
      isWritablePrimary: false,
      secondary: true,
    });
    await one?.restart();
    await two?.restart();
    await set.settled();
    expect(await things().countDocuments()).toBe(1);
  }, 60_000);

  it('unseats its primary on demand', async () => {
    const before = await set.primary();
    await set.stepDown();
    expect((await set.primary()).host).not.toBe(before.host);
  }, 60_000);

  it('freezes a member, which then keeps silent until it is thawed', async () => {
    const frozen = await set.primary();
    frozen.freeze();
    expect(await tryMember(frozen.host, { hello: 1 })).toBeUndefined();
    frozen.thaw();
    await set.settled();
  }, 60_000);

  it('leaves neither process nor folder behind, frozen members included', async () => {
    set.members[0]?.freeze();
    await set.close();
    expect(set.members.map(({ isAlive }) => isAlive)).toEqual([false, false, false]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`sekisho-mongo-${process.pid}-`))).toEqual([]);
  }, 60_000);
});
