/** What a contract suite needs from an engine, and a fresh store for each of its tests. */
import { afterEach, beforeEach } from '@jest/globals';
import type { Clock } from '../../../src/base/clock.ts';
import type { AnyCollection, Store } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { sampleCollections } from './sample-records.ts';

export type OpenFresh = (collections: readonly AnyCollection[], clock: Clock) => Promise<Store>;

export interface Fresh {
  readonly store: Store;
  readonly clock: FakeClock;
}

/** To be called inside `describe`; what it answers is valid inside its tests. */
export function freshStore(openFresh: OpenFresh): () => Fresh {
  let fresh: Fresh | undefined;
  beforeEach(async () => {
    const clock = new FakeClock();
    fresh = { clock, store: await openFresh(sampleCollections, clock) };
  });
  afterEach(() => fresh?.store.close());
  return () => {
    if (fresh === undefined) throw new TypeError('no test is running');
    return fresh;
  };
}
