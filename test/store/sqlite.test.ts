/** The contract of the store, proved on the embedded engine with a fresh file for every test. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openStore } from '../../src/store/open.ts';
import { describeCommits } from './contract/commits.ts';
import { describeExpiry } from './contract/expiry.ts';
import type { OpenFresh } from './contract/fresh-store.ts';
import { describeIndexes } from './contract/indexes.ts';
import { describeNaiveFind } from './contract/naive-find.ts';
import { describePaging } from './contract/paging.ts';
import { describeRaces } from './contract/races.ts';
import { describeReads } from './contract/reads.ts';

const folder = mkdtempSync(join(tmpdir(), 'sekisho-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const openFresh: OpenFresh = (collections, clock) => {
  files += 1;
  return openStore({ url: `sqlite:${join(folder, `${files}.db`)}`, collections, clock });
};

for (const describeContract of [
  describeReads,
  describeCommits,
  describeIndexes,
  describePaging,
  describeExpiry,
  describeRaces,
  describeNaiveFind,
]) {
  describeContract(openFresh);
}
