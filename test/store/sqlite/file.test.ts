/** The file itself: who may read it, what survives, and which files are refused. */

import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { openStore } from '../../../src/store/open.ts';
import { findOne, insert, replace, type Store } from '../../../src/store/port.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

const newPath = temporaryFiles();
const open = (path: string): Promise<Store> =>
  openStore({ url: `sqlite:${path}`, collections: sampleCollections, clock: systemClock });
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the SQLite file', () => {
  it('is made with its folder, and only its owner may read it and what lies beside it', async () => {
    const path = newPath();
    const store = await open(path);
    await store.commit([insert(courses, { id: 'c1' })]);
    expect([modeOf(dirname(path)), modeOf(path), modeOf(`${path}-wal`), modeOf(`${path}-shm`)]).toEqual([
      '700',
      '600',
      '600',
      '600',
    ]);
    await store.close();
  });

  it('keeps records, versions and indexes when closed and opened again', async () => {
    const path = newPath();
    const before = await open(path);
    await before.commit([
      insert(courses, { id: 'c1', code: 'A', words: ['w'] }),
      insert(tickets, { id: 't', uses: 3 }),
    ]);
    await before.commit([replace(courses, { id: 'c1', version: 1, code: 'B', words: ['w'] })]);
    await before.close();
    const after = await open(path);
    expect(await findOne(after, courses, 'code', 'B')).toEqual({ id: 'c1', version: 2, code: 'B', words: ['w'] });
    expect(await findOne(after, courses, 'words', 'w')).toMatchObject({ id: 'c1' });
    expect(await after.get(tickets, 't')).toEqual({ id: 't', uses: 3, version: 1 });
    await after.close();
  });

  it('is refused, and not touched, when a newer version has written it', async () => {
    const path = newPath();
    await (await open(path)).close();
    const future = new DatabaseSync(path);
    future.exec('PRAGMA user_version = 99');
    future.close();
    const before = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({ code: 'store.version', facts: { found: 99 } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused when it is no database', async () => {
    const path = newPath();
    mkdirSync(dirname(path));
    writeFileSync(path, 'a shopping list, long enough to be taken for a header of a database file'.repeat(20));
    await expect(open(path)).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('is refused when its place is a folder', async () => {
    await expect(open(dirname(dirname(newPath())))).rejects.toMatchObject({ code: 'store.unavailable' });
  });

  it('says that it is unavailable, and why, when the engine fails in the middle', async () => {
    const path = newPath();
    const store = await open(path);
    const vandal = new DatabaseSync(path);
    vandal.exec('DROP TABLE record_courses');
    vandal.close();
    const answer = store.get(courses, 'c1');
    await expect(answer).rejects.toMatchObject({ code: 'store.unavailable', cause: { code: 'ERR_SQLITE_ERROR' } });
    await store.close();
  });
});
