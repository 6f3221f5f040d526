/** Several processes on one file, and one that is killed: nothing acknowledged is lost, nothing is there by half. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/open.ts';
import { insert, type Store } from '../../../src/store/port.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

const newPath = temporaryFiles();
const writer = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
const open = (path: string): Promise<Store> =>
  openStore({ url: `sqlite:${path}`, collections: sampleCollections, clock: systemClock });

const startWriter = (path: string, name: string, count: number): ChildProcess =>
  spawn(process.execPath, [writer, path, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });

describe('processes on one file', () => {
  it('lose nothing when they start at once on a new file and write together', async () => {
    const path = newPath();
    const names = ['a', 'b', 'c'];
    const exits = names.map(async (name) => {
      const child = startWriter(path, name, 100);
      child.stdout?.resume();
      const [code] = await once(child, 'exit');
      return code;
    });
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    const store = await open(path);
    expect((await store.get(tickets, 'all'))?.uses).toBe(300);
    for (const name of names) {
      expect(await store.count(courses, { index: 'facultyYear', equals: [name] })).toBe(100);
      expect(await store.count(courses, { index: 'words', equals: [name] })).toBe(100);
    }
    await store.close();
  }, 60_000);

  it('leave every acknowledged commit on the disk, whole, when one is killed in the middle', async () => {
    const path = newPath();
    const child = startWriter(path, 'k', 1_000_000);
    const exited = once(child, 'exit');
    const acknowledged: string[] = [];
    if (child.stdout === null) throw new TypeError('the writer has no output');
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === 200) child.kill('SIGKILL');
    }
    expect((await exited)[1]).toBe('SIGKILL');
    const store = await open(path);
    for (const id of acknowledged) expect(await store.get(courses, id)).toMatchObject({ id, version: 1 });
    // The last commit may have been written and not yet printed; but each is there with both its records or with none.
    const written = await store.count(courses, { index: 'facultyYear' });
    expect(written).toBeGreaterThanOrEqual(acknowledged.length);
    expect((await store.get(tickets, 'all'))?.uses).toBe(written);
    await store.close();
  }, 60_000);

  it('say that the store is unavailable when another keeps the file longer than the patience of a write', async () => {
    const path = newPath();
    mkdirSync(dirname(path));
    const store = openSqlite({ path, collections: sampleCollections, clock: systemClock, busyTimeoutMs: 1 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.commit([insert(courses, { id: 'c1' })])).rejects.toMatchObject({ code: 'store.unavailable' });
    // Readers do not wait for a writer.
    expect(await store.get(courses, 'c1')).toBeUndefined();
    other.exec('ROLLBACK');
    other.close();
    await store.commit([insert(courses, { id: 'c1' })]);
    await store.close();
  });
});
