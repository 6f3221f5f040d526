/** The contract of the store, proved on the embedded engine with a fresh file for every test. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openStore } from '../../src/store/open.ts';
import type { OpenFresh } from './contract/fresh-store.ts';
import { describeStore } from './contract/whole.ts';

const folder = mkdtempSync(join(tmpdir(), 'sekisho-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const openFresh: OpenFresh = (collections, clock) => {
  files += 1;
  return openStore({ url: `sqlite:${join(folder, `${files}.db`)}`, collections, clock });
};

describeStore(openFresh);
