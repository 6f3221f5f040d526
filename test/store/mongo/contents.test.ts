import { expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { describeContents } from '../contract/contents.ts';
import { contentsAt, storeAt, within } from '../contract/fresh-address.ts';
import { freshDatabases } from './fresh-databases.ts';

describeWith(mongodb, 'on a replica set', () => {
  const fresh = freshDatabases();
  describeContents(fresh);

  it('the address is named without its password, and a store is the same by another list of its members', async () => {
    const url = await fresh();
    const [, hosts = ''] = /^mongodb:\/\/([^/]+)/.exec(url) ?? [];
    const fewer = url.replace(hosts, hosts.split(',').toReversed().slice(0, 1).join());
    const [one, other] = await Promise.all(
      [url, fewer].map((address) => within(contentsAt(address), async ({ name, identity }) => ({ name, identity }))),
    );
    expect(other?.identity).toBe(one?.identity);
    expect(other?.name).toMatch(/^mongodb:\/\/[^,@?]+\/test_\w+$/);
  });

  it('its own notes are no records', async () => {
    const url = await fresh();
    await within(storeAt(url), (store) => store.ping());
    await within(contentsAt(url), async (contents) => {
      expect(await contents.counts()).toEqual({ courses: 0, tickets: 0 });
    });
  });

  it('what the server keeps about itself is no collection of a newer version', async () => {
    const url = await fresh();
    await within(storeAt(url), (store) => store.ping());
    const connection = await mongoose.createConnection(url).asPromise();
    await connection.db?.command({ profile: 2 });
    await connection.db?.collection('courses').findOne({});
    await connection.db?.command({ profile: 0 });
    expect(await connection.db?.collection('system.profile').countDocuments()).toBeGreaterThan(0);
    await connection.close();
    await within(contentsAt(url), async (contents) => {
      expect(await contents.counts()).toEqual({ courses: 0, tickets: 0 });
    });
  });
});
