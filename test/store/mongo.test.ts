/** The contract of the store, proved on a replica set of three with a fresh database for every test. */
import type { Clock } from '../../src/base/clock.ts';
import { openStore } from '../../src/store/open.ts';
import type { AnyCollection, Store } from '../../src/store/port.ts';
import { freshDatabase, mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { describeStore } from './contract/whole.ts';

/** Its database goes when it is closed. */
async function openFresh(collections: readonly AnyCollection[], clock: Clock): Promise<Store> {
  const database = await freshDatabase();
  const store = await openStore({ url: database.url, collections, clock });
  let closing: Promise<void> | undefined;
  return {
    ...store,
    close() {
      closing ??= store.close().then(() => database.drop());
      return closing;
    },
  };
}

describeWith(mongodb, 'a replica set', () => {
  describeStore(openFresh);
});
