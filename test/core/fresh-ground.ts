/** A store, keys and core of its own for each test, on a real file, under a clock that stands still. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { auditEvents } from '../../src/core/audit/event.ts';
import { type Ground, openGround } from '../../src/ground.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { testConfig } from '../support/sekisho.ts';

export interface FreshGround extends Ground {
  readonly clock: FakeClock;
  readonly folder: string;
  /** The types of all audit events so far, in alphabetical order: the clock stands still, and they have no other. */
  auditTypes(): Promise<readonly string[]>;
}

/** To be called at the top of a test file; what it answers gives the ground of the test that runs. */
export function freshGround(): () => FreshGround {
  let current: FreshGround | undefined;
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-core-'));
    const clock = new FakeClock();
    const ground = await openGround(testConfig(folder), { clock });
    current = {
      ...ground,
      clock,
      folder,
      async auditTypes() {
        const { records } = await ground.world.store.find(auditEvents, { index: 'byTime', limit: 1000 });
        return records.map(({ facts }) => facts.type).sort();
      },
    };
  });
  afterEach(async () => {
    await current?.close();
    if (current) rmSync(current.folder, { recursive: true });
  });
  return () => {
    if (!current) throw new Error('only within a test');
    return current;
  };
}
