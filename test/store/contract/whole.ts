/** The whole contract of a store: what an engine proves itself by. */
import { describeCommits } from './commits.ts';
import { describeExpiry } from './expiry.ts';
import type { OpenFresh } from './fresh-store.ts';
import { describeIndexes } from './indexes.ts';
import { describeNaiveFind } from './naive-find.ts';
import { describePaging } from './paging.ts';
import { describeRaces } from './races.ts';
import { describeReads } from './reads.ts';

export function describeStore(openFresh: OpenFresh): void {
  describeReads(openFresh);
  describeCommits(openFresh);
  describeIndexes(openFresh);
  describePaging(openFresh);
  describeExpiry(openFresh);
  describeRaces(openFresh);
  describeNaiveFind(openFresh);
}
