/** A path for a database file in a folder of its own, which goes when the tests of the calling file are over. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** To be called at the top of a test file; each call of what it answers gives a new path, in a folder not yet there. */
export function temporaryFiles(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-sqlite-'));
  let count = 0;
  afterAll(() => rmSync(folder, { recursive: true }));
  return () => {
    count += 1;
    return join(folder, String(count), 'store.db');
  };
}
