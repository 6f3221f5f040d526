/** Makes one replica set of the members that the address names. Done again it changes nothing. */
import { setTimeout } from 'node:timers/promises';
import { mongo } from 'mongoose';
import type { Initiated } from '../../set.ts';
import type { Address } from './address.ts';
import { askMember } from './ask-member.ts';

/** Members that have just started take some seconds to find each other and to vote. */
const tries = { most: 60, pause: 1_000 };

/** What a mongod says when a member was initiated between our question and our command. */
const alreadyInitialized = 23;

export async function initiateSet(address: Address): Promise<Initiated> {
  const { hosts, set } = address;
  const [first = ''] = hosts;
  const clients = new Map(hosts.map((host) => [host, address.clientOf(host)]));
  const ask = () => Promise.all([...clients].map(async ([host, client]) => (await askMember(host, client)).member));
  try {
    let made = false;
    for (let round = 0; round < tries.most; round += 1) {
      if (round > 0) await setTimeout(tries.pause);
      const members = await ask();
      const primary = members.find(({ state }) => state === 'primary');
      if (primary && primary.set !== set) return refusedBy(`${primary.host} belongs to the set ${primary.set}`);
      if (primary) return { kind: made ? 'initiated' : 'stands', hosts, primary: primary.host };
      const alone = members.find(({ state }) => state === 'standalone');
      if (alone) return refusedBy(`${alone.host} was started without --replSet ${set}`);
      const forbidden = members.find(({ state }) => state === 'forbidden');
      if (forbidden) return refusedBy(`${forbidden.host} does not let us in`);
      if (made || !members.every(({ state }) => state === 'uninitiated')) continue;
      const config = { _id: set, members: hosts.map((host, _id) => ({ _id, host })) };
      const refusal = await initiate(clients.get(first) as mongo.MongoClient, config);
      if (refusal !== undefined) return refusedBy(refusal);
      made = true;
    }
    const missing = (await ask()).filter(({ state }) => state === 'unreachable').map(({ host }) => host);
    return refusedBy(missing.length > 0 ? `${missing.join(', ')} cannot be reached` : 'no primary was elected');
  } finally {
    await Promise.all([...clients.values()].map((client) => client.close()));
  }
}

const refusedBy = (why: string): Initiated => ({ kind: 'refused', why });

/** What the server says against it. */
async function initiate(client: mongo.MongoClient, config: mongo.Document): Promise<string | undefined> {
  try {
    await client.db('admin').command({ replSetInitiate: config });
    return undefined;
  } catch (error) {
    // Where the answer was lost it may be done: the next round sees it.
    if (error instanceof mongo.MongoNetworkError) return undefined;
    if (!(error instanceof mongo.MongoServerError)) throw error;
    return error.code === alreadyInitialized ? undefined : error.message;
  }
}
