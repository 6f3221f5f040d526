/** Addresses of databases that go when the tests of the calling file are over. */
import { afterAll } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../../support/mongo/fresh-database.ts';
import type { FreshAddress } from '../contract/fresh-address.ts';

/** To be called inside the suite that needs them. */
export function freshDatabases(): FreshAddress {
  const made: FreshDatabase[] = [];
  afterAll(() => Promise.all(made.map((database) => database.drop())));
  return async () => {
    const database = await freshDatabase();
    made.push(database);
    return database.url;
  };
}
